package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions list}. */
final class ListExecutions implements Subcommand {
  private static final String FLOW = "--flow";

  @Override
  public CommandSpec spec() {
    return Options.command("list", "Lists executions, newest first.")
        .addOption(Options.text(FLOW, "FLOW", "Only of the flow with this id."))
        .addOption(
            Options.text(
                Options.STATUS, "STATUS,…", "Only in one of these, such as FAILED,WAITING."))
        .addOption(Options.text(Options.TENANT, "TENANT", "Only of this tenant."))
        .addOption(Options.limit())
        .addOption(
            Options.text(Options.AFTER, "ID", "Goes on behind this one, the last of a page."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    ExecutionQuery query = query(given);
    List<ExecutionRecord> found;
    try (FlowForge forge = Stored.looking(given)) {
      String after = Options.text(given, Options.AFTER);
      found = forge.operations().list(after == null ? query : after(forge, query, after));
    }
    console.document(Map.of("executions", found.stream().map(ListExecutions::line).toList()));
    return Exit.COMPLETED;
  }

  private static ExecutionQuery query(ParseResult given) {
    ExecutionQuery query =
        ExecutionQuery.NEWEST.withLimit(
            Values.number(given, Options.LIMIT, 1, 1000, ExecutionQuery.NEWEST.limit()));
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
