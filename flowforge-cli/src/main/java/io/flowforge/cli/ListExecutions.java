package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions list}. */
final class ListExecutions implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("list", "Lists executions, newest first.")
            .addOption(Selection.status("in any"));
    return Selection.options(spec).addOption(Options.store()).addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    ExecutionQuery query = Selection.of(given);
    List<ExecutionRecord> found;
    try (FlowForge forge = Stored.looking(given)) {
      found = forge.operations().list(Selection.after(forge, given, query));
    }
    console.document(Map.of("executions", found.stream().map(ListExecutions::line).toList()));
    return Exit.COMPLETED;
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
