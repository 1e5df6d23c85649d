package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.picture.Picture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge graph}. */
final class GraphCommand implements Subcommand {
  private static final String FORMAT = "--format";
  private static final String EXECUTION = "--execution";

  @Override
  public CommandSpec spec() {
    return Options.command("graph", "Draws a flow on standard output.")
        .addPositional(Options.optional("FLOW", "JSON or YAML document."))
        .addOption(Options.text(FORMAT, "FORMAT", "mermaid, dot or svg; otherwise mermaid."))
        .addOption(Options.text(EXECUTION, "ID", "Draws a run that a store has kept."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    Drawing drawing = Drawing.named(Options.text(given, FORMAT));
    String execution = Options.text(given, EXECUTION);
    if (execution != null) {
      try (FlowForge forge = Stored.looking(given)) {
        console.print(drawing.text(Stored.execution(forge, execution).picture()));
      }
      return Exit.COMPLETED;
    }
    if (!given.hasMatchedPositional(0)) {
      throw new Refusal("FF-CLI-USAGE", "name the FLOW to draw; see \"flowforge graph --help\"");
    }
    Flow flow = FlowFile.drawable(FlowFile.named(Options.argument(given)));
    console.print(drawing.text(Picture.of(flow)));
    return Exit.COMPLETED;
  }
}
