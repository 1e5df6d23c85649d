package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions list}. */
final class ListExecutions implements Subcommand {
  private static final String FLOW = "--flow";
  private static final String STATUS = "--status";
  private static final String TENANT = "--tenant";
  private static final String LIMIT = "--limit";
  private static final String AFTER = "--after";

  @Override
  public CommandSpec spec() {
    return Options.command("list", "Lists executions, newest first.")
        .addOption(Options.text(FLOW, "FLOW", "Only of the flow with this id."))
        .addOption(
            Options.text(STATUS, "STATUS,…", "Only in one of these, such as FAILED,WAITING."))
        .addOption(Options.text(TENANT, "TENANT", "Only of this tenant."))
        .addOption(Options.text(LIMIT, "N", "The most to list, 1 to 1000; otherwise 100."))
        .addOption(Options.text(AFTER, "ID", "Goes on behind this one, the last of a page."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    ExecutionQuery query = query(given);
    List<ExecutionRecord> found;
    try (FlowForge forge = Stored.looking(given)) {
      String after = Options.text(given, AFTER);
      found = forge.operations().list(after == null ? query : after(forge, query, after));
    }
    console.document(Map.of("executions", found.stream().map(ListExecutions::line).toList()));
    return Exit.COMPLETED;
  }

  private static ExecutionQuery query(ParseResult given) {
    ExecutionQuery query = ExecutionQuery.NEWEST.withLimit(limit(Options.text(given, LIMIT)));
    String flow = Options.text(given, FLOW);
    if (flow != null) {
      query = query.withFlow(flow);
    }
    String statuses = Options.text(given, STATUS);
    if (statuses != null) {
      query = query.withStatuses(statuses(statuses));
    }
    String tenant = Options.text(given, TENANT);
    return tenant == null ? query : query.withTenant(tenant);
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return ExecutionQuery.NEWEST.limit();
    }
    if (!text.matches("[1-9]\\d{0,2}|1000")) {
      throw new Refusal(
          "FF-CLI-USAGE", LIMIT + " must be 1 to 1000, was \"" + Plain.line(text) + "\"");
    }
    return Integer.parseInt(text);
  }

  private static Set<ExecutionStatus> statuses(String names) {
    Set<ExecutionStatus> wanted = EnumSet.noneOf(ExecutionStatus.class);
    for (String name : names.split(",", -1)) {
      wanted.add(status(name.strip()));
    }
    return wanted;
  }

  private static ExecutionStatus status(String name) {
    for (ExecutionStatus status : ExecutionStatus.values()) {
      if (status.name().equals(name.toUpperCase(Locale.ROOT))) {
        return status;
      }
    }
    throw new Refusal(
        "FF-CLI-USAGE",
        STATUS
            + " must be of "
            + Arrays.toString(ExecutionStatus.values())
            + ", was \""
            + Plain.line(name)
            + "\"");
  }

  private static ExecutionQuery after(FlowForge forge, ExecutionQuery query, String id) {
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

  private static Map<String, Object> line(ExecutionRecord head) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("executionId", head.id());
    line.put("flow", head.flowId());
    line.put("status", head.status().name());
    line.put("reason", head.reason());
    line.put("tenant", head.tenant().isEmpty() ? null : head.tenant());
    line.put("startedAt", time(head.startedMicros()));
    line.put("finishedAt", time(head.finishedMicros()));
    return line;
  }

  private static @Nullable String time(long micros) {
    return micros == 0 ? null : Timestamps.text(micros);
  }
}
