package io.flowforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code flowforge executions}. */
final class ExecutionsCommand {
  private ExecutionsCommand() {}

  static Subcommand create() {
    Map<String, Supplier<Subcommand>> verbs = new LinkedHashMap<>();
    verbs.put("list", ListExecutions::new);
    verbs.put("show", ShowExecution::new);
    verbs.put("logs", LogsOfExecution::new);
    verbs.put("explain", ExplainExecution::new);
    for (SendMessage.Kind kind : SendMessage.Kind.values()) {
      verbs.put(kind.verb(), () -> new SendMessage(kind));
    }
    for (ChangeExecution.Kind kind : ChangeExecution.Kind.values()) {
      verbs.put(kind.verb(), () -> new ChangeExecution(kind));
    }
    verbs.put("migrate", MigrateExecution::new);
    verbs.put("dead-letters", ListDeadLetters::new);
    verbs.put("unpark", UnparkExecution::new);
    verbs.put("purge", PurgeExecutions::new);
    verbs.put("resume", ResumeExecution::new);
    verbs.put("export", ExportExecution::new);
    verbs.put("import", ImportExecution::new);
    verbs.put("retry", () -> new CopyExecution(CopyExecution.Kind.RETRY));
    verbs.put("fork", () -> new CopyExecution(CopyExecution.Kind.FORK));
    return new VerbCommand(
        "executions", "Looks at executions that a store has kept, and moves them on.", verbs);
  }
}
