package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.store.ExecutionQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions dead-letters}. */
final class ListDeadLetters implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "dead-letters",
            "Lists executions that will not go on by themselves: parked ones, and failed ones that"
                + " were neither retried nor discarded.");
    return Selection.options(spec).addOption(Options.store()).addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    ExecutionQuery query = Selection.of(given);
    List<DeadLetter> found;
    try (FlowForge forge = Stored.looking(given)) {
      found = forge.operations().deadLetters(Selection.after(forge, given, query));
    }
    console.document(Map.of("deadLetters", found.stream().map(ListDeadLetters::line).toList()));
    return Exit.COMPLETED;
  }

  private static Map<String, Object> line(DeadLetter letter) {
    ExecutionError error = letter.error();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("executionId", letter.id());
    line.put("flow", letter.flowId());
    line.put("status", letter.status().name());
    line.put("reason", letter.reason());
    line.put("node", letter.node());
    line.put("error", error == null ? null : error.toValue());
    line.put("attempts", letter.attempts());
    line.put("recoveries", letter.recoveries());
    line.put("startedAt", Timestamps.text(letter.startedAt()));
    return line;
  }
}
