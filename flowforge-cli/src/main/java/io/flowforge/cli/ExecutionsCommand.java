package io.flowforge.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions}. */
final class ExecutionsCommand implements Subcommand {
  private static final List<String> VERBS =
      List.of(
          "list", "show", "logs", "cancel", "pause", "resume", "retry", "fork", "answer", "signal");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "executions", "Looks at executions that a store has kept, and moves them on.")
            .addPositional(Options.arguments("VERB", "One of " + String.join(", ", VERBS) + "."))
            .addOption(Options.store())
            .addOption(Options.help());
    spec.parser().unmatchedOptionsArePositionalParams(true);
    return spec;
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String verb = Options.arguments(given).get(0);
    if (!VERBS.contains(verb)) {
      throw new Refusal(
          "FF-CLI-USAGE",
          "executions must be followed by one of "
              + String.join(", ", VERBS)
              + ", was \""
              + Plain.line(verb)
              + "\"");
    }
    throw Stores.nothingTo(verb, Options.text(given, Options.STORE));
  }
}
