package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.Timestamps;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions logs}. */
final class LogsOfExecution implements Subcommand {
  private static final String NODE = "--node";
  private static final String LEVEL = "--level";

  private static final Comparator<NodeSnapshot> BY_START =
      Comparator.comparing(
          NodeSnapshot::startedAt, Comparator.nullsLast(Comparator.naturalOrder()));

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "logs",
            "Prints what is recorded of node runs, in the order they began, and what they logged.");
    spec.usageMessage()
        .footer(
            "",
            "Shown are status, attempts, times, the port taken, errors and reasons, and the lines that",
            "nodes have written to the log, as far as the process that runs them keeps them.");
    return spec.addPositional(Options.argument("ID", "Id of an execution."))
        .addOption(
            Options.text(
                NODE, "NODE", "Only this node: its id, or the address of one of its runs."))
        .addOption(Options.text(LEVEL, "LEVEL", "Only lines of this level or above, such as WARN."))
        .addOption(
            Options.text(
                Options.AFTER, "NUMBER", "Only lines behind this one, the last of a page of 1000."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = Options.argument(given);
    LogQuery query = query(given);
    ExecutionSnapshot snapshot;
    List<LogLine> lines;
    try (FlowForge forge = Stored.looking(given)) {
      snapshot = Stored.execution(forge, id).snapshot();
      lines = forge.operations().logs(id, query);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("executionId", snapshot.id());
    document.put("flow", snapshot.flow().id());
    document.put("status", snapshot.status().name());
    document.put("nodes", lines(snapshot, Options.text(given, NODE)));
    document.put("lines", lines.stream().map(LogsOfExecution::line).toList());
    console.document(document);
    return Exit.COMPLETED;
  }

  private static LogQuery query(ParseResult given) {
    String node = Options.text(given, NODE);
    LogQuery query = node == null ? LogQuery.ALL : LogQuery.ALL.withNode(node);
    String level = Options.text(given, LEVEL);
    return new LogQuery(
        query.node(),
        level == null ? query.minLevel() : Values.constant(LogLevel.class, LEVEL, level),
        Values.number(given, Options.AFTER, 0, 999_999_999, (int) query.after()),
        query.limit());
  }

  private static Map<String, Object> line(LogLine kept) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", kept.number());
    line.put("at", Timestamps.text(kept.at()));
    line.put("level", kept.level().name());
    line.put("node", kept.node());
    line.put("attempt", kept.attempt());
    line.put("message", kept.message());
    return line;
  }

  private static List<Map<String, Object>> lines(
      ExecutionSnapshot snapshot, @Nullable String node) {
    Stream<NodeSnapshot> wanted =
        snapshot.nodes().stream()
            .filter(run -> node == null || node.equals(run.path()) || node.equals(run.nodeId()));
    List<Map<String, Object>> lines = wanted.sorted(BY_START).map(LogsOfExecution::line).toList();
    if (lines.isEmpty() && node != null) {
      throw new FlowForgeException(
          "FF-NODE-UNKNOWN",
          "execution "
              + snapshot.id()
              + " has no run of a node \""
              + Plain.line(node)
              + "\"; leave --node away to see all");
    }
    return lines;
  }

  private static Map<String, Object> line(NodeSnapshot run) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("node", run.path());
    line.put("type", run.type());
    line.putAll(ResultDocument.node(run));
    line.remove("output");
    line.put("port", run.port());
    line.put("reason", run.reason());
    return line;
  }
}
