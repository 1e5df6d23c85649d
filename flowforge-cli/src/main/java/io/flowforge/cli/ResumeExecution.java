package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions resume}. */
final class ResumeExecution implements Subcommand {
  private static final String ALL = "--all";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "resume",
                "Goes on with an execution that its process has left, that was paused or parked,"
                    + " and stays until it ends.")
            .addPositional(Options.optional("ID", "Id of an execution."))
            .addOption(
                Options.flag(
                    ALL, "Goes on with all that processes have left, until none is left."));
    return Foreground.options(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    boolean all = Options.has(given, ALL);
    if (all == given.hasMatchedPositional(0)) {
      throw new Refusal("FF-CLI-USAGE", "name one ID, or else --all");
    }
    try (FlowForge forge = Foreground.engine(given, console)) {
      if (all) {
        return new Abandoned(forge, Options.time(given, Options.TIMEOUT)).finish(console);
      }
      Execution execution = Stored.execution(Stored.acting(forge, given), Options.argument(given));
      execution.resume();
      return Foreground.stay(forge, execution, given, console);
    }
  }
}
