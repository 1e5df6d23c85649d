package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionSnapshot;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions show}. */
final class ShowExecution implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command("show", "Prints an execution as run does, with its exit codes.")
        .addPositional(Options.argument("ID", "Id of an execution."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    try (FlowForge forge = Stored.looking(given)) {
      ExecutionSnapshot snapshot = Stored.execution(forge, Options.argument(given)).snapshot();
      console.document(ResultDocument.of(snapshot, Instant.now()));
      return Exit.of(snapshot.status());
    }
  }
}
