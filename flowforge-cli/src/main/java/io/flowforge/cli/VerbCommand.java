package io.flowforge.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command that does one of several things, as its first argument says.
 *
 * @param verbs by name, in the order of the help
 */
record VerbCommand(String name, String description, Map<String, Supplier<Subcommand>> verbs)
    implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = Options.command(name, description).addOption(Options.help());
    spec.usageMessage().synopsisSubcommandLabel("VERB");
    verbs.forEach((word, verb) -> spec.addSubcommand(word, verb.get().spec()));
    return spec;
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    Supplier<Subcommand> verb =
        given.hasSubcommand() ? verbs.get(given.subcommand().commandSpec().name()) : null;
    if (verb == null) {
      throw new Refusal("FF-CLI-USAGE", "name a VERB: " + String.join(", ", verbs.keySet()));
    }
    return verb.get().run(given.subcommand(), console);
  }
}
