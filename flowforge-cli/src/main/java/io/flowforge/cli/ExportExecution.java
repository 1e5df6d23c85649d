package io.flowforge.cli;

import io.flowforge.FlowForge;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions export}. */
final class ExportExecution implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command(
            "export", "Prints an execution with its flow, journal and log as one JSON document.")
        .addPositional(Options.argument("ID", "Id of an execution."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String document;
    try (FlowForge forge = Stored.looking(given)) {
      document = forge.operations().export(Options.argument(given));
    }
    console.print(document);
    return Exit.COMPLETED;
  }
}
