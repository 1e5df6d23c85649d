package io.flowforge.cli;

import io.flowforge.FlowForge;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions explain}. */
final class ExplainExecution implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command(
            "explain", "Tells why a node ran or not, and where its config values came from.")
        .addPositional(Options.argument("ID", "Id of an execution."))
        .addPositional(Options.second("NODE", "Address of the node run."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    try (FlowForge forge = Stored.looking(given)) {
      console.document(
          Stored.execution(forge, Options.argument(given))
              .explain(Options.second(given))
              .toValue());
    }
    return Exit.COMPLETED;
  }
}
