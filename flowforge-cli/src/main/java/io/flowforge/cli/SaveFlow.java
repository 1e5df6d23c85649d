package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowVersion;
import io.flowforge.InvalidFlowException;
import io.flowforge.SaveOptions;
import io.flowforge.flow.Flow;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows save}. */
final class SaveFlow implements Subcommand {
  private static final String NOTE = "--note";
  private static final String BASED_ON = "--based-on";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("save", "Makes a flow the current version of its id.")
            .addPositional(Options.argument("FILE", "JSON or YAML document of the flow."))
            .addOption(Options.text(NOTE, "TEXT", "A few words on the change."))
            .addOption(
                Options.text(
                    BASED_ON,
                    "N",
                    "The version that the change was made from; refused when another is current."));
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    Path file = FlowFile.named(Options.argument(given));
    int basedOn = Values.number(given, BASED_ON, 1, Integer.MAX_VALUE, 0);
    SaveOptions options =
        Values.checked(() -> new SaveOptions(Options.textOr(given, NOTE, ""), basedOn));
    try (FlowForge forge = Stored.looking(given)) {
      Flow flow = FlowFile.load(file, forge);
      FlowVersion saved = Stored.view(forge, given).flows().save(flow, options);
      console.document(StoredFlows.line(saved));
      return Exit.COMPLETED;
    } catch (InvalidFlowException invalid) {
      return console.problems(file.toString(), invalid.problems());
    }
  }
}
