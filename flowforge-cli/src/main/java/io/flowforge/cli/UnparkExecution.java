package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions unpark}. */
final class UnparkExecution implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Foreground.options(
        Options.command(
                "unpark",
                "Lets a parked execution go on, whatever it was parked for, and stays until it"
                    + " ends.")
            .addPositional(Options.argument("ID", "Id of a parked execution.")));
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    try (FlowForge forge = Foreground.engine(given, console)) {
      Execution execution =
          Stored.acting(forge, given).operations().unpark(Options.argument(given));
      return Foreground.stay(forge, execution, given, console);
    }
  }
}
