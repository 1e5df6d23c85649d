package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import picocli.CommandLine.ParseResult;

/** Executions that a store has kept. */
final class Stored {
  private Stored() {}

  /** An engine on the store that was named, which runs nothing. */
  static FlowForge looking(ParseResult given) {
    return Engines.looking(Stores.kept(Options.text(given, Options.STORE)));
  }

  /**
   * An execution by its id.
   *
   * @throws FlowForgeException when the store does not know it
   */
  static Execution execution(FlowForge forge, String id) {
    return forge
        .execution(id)
        .orElseThrow(
            () ->
                new FlowForgeException(
                    "FF-EXECUTION-UNKNOWN",
                    "no execution \"" + Plain.line(id) + "\" is in the store"));
  }
}
