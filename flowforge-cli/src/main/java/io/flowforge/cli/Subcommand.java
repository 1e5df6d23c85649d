package io.flowforge.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One of the commands. */
interface Subcommand {
  /**
   * Its options and arguments; put together without reflection, which would cost at every start.
   */
  CommandSpec spec();

  /** Carries it out. */
  Exit run(ParseResult given, Console console) throws InterruptedException;
}
