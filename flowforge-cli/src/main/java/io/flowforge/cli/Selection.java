package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which executions a command is about. */
final class Selection {
  static final String FLOW = "--flow";
  static final String ATTRIBUTE = "--attribute";

  private static final List<String> NAMES =
      List.of(FLOW, Options.STATUS, Options.TENANT, ATTRIBUTE, Options.LIMIT, Options.AFTER);

  private Selection() {}

  /** Adds all options but the one of statuses. */
  static CommandSpec options(CommandSpec spec) {
    return spec.addOption(Options.text(FLOW, "FLOW", "Only of the flow with this id."))
        .addOption(Options.text(Options.TENANT, "TENANT", "Only of this tenant."))
        .addOption(Options.texts(ATTRIBUTE, "NAME=VALUE", "Only with this attribute. Repeatable."))
        .addOption(Options.limit())
        .addOption(
            Options.text(Options.AFTER, "ID", "Goes on behind this one, the last of a page."));
  }

  static OptionSpec status(String otherwise) {
    return Options.text(
        Options.STATUS,
        "STATUS,…",
        "Only in one of these, such as FAILED,WAITING; otherwise " + otherwise + ".");
  }

  /**
   * Refuses all of these options.
   *
   * @param with what they go with
   */
  static void refuse(ParseResult given, String with) {
    for (String name : NAMES) {
      if (Options.has(given, name)) {
        throw new Refusal("FF-CLI-USAGE", name + " goes with " + with);
      }
    }
  }

  /** The query of the options, from the newest on. */
  static ExecutionQuery of(ParseResult given) {
    ExecutionQuery query =
        ExecutionQuery.NEWEST
            .withLimit(Values.number(given, Options.LIMIT, 1, 1000, ExecutionQuery.NEWEST.limit()))
            .withAttributes(Inputs.texts(ATTRIBUTE, Options.texts(given, ATTRIBUTE)));
    String flow = Options.text(given, FLOW);
    if (flow != null) {
      query = query.withFlow(flow);
    }
    String statuses = Options.text(given, Options.STATUS);
    if (statuses != null) {
      query = query.withStatuses(Values.constants(ExecutionStatus.class, Options.STATUS, statuses));
    }
    String tenant = Options.text(given, Options.TENANT);
    return tenant == null ? query : query.withTenant(tenant);
  }

  /** The query from behind the execution that was named. */
  static ExecutionQuery after(FlowForge forge, ParseResult given, ExecutionQuery query) {
    String id = Options.text(given, Options.AFTER);
    if (id == null) {
      return query;
    }
    Instant started = Stored.execution(forge, id).snapshot().startedAt();
    return new ExecutionQuery(
        query.flowId(),
        query.statuses(),
        query.tenant(),
        query.attributes(),
        query.fromMicros(),
        query.toMicros(),
        ChronoUnit.MICROS.between(Instant.EPOCH, started),
        id,
        query.limit());
  }
}
