package io.flowforge.cli;

import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.FlowVersion;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows show}. */
final class ShowFlow implements Subcommand {
  private static final String DOCUMENT = "--document";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("show", "Prints a stored flow.")
            .addPositional(Options.argument("ID", "Id of the flow."))
            .addOption(Options.version("The version to print; otherwise the current one."))
            .addOption(
                Options.flag(DOCUMENT, "Prints the flow's document alone, as save reads it."));
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = StoredFlows.id(given);
    int number = Values.number(given, Options.VERSION, 1, Integer.MAX_VALUE, 0);
    FlowEntry entry;
    FlowVersion version;
    Flow flow;
    try (FlowForge forge = Stored.looking(given)) {
      FlowRepository flows = Stored.view(forge, given).flows();
      entry = StoredFlows.entry(flows, id);
      version = number == 0 ? entry.current() : StoredFlows.version(flows, entry, number);
      flow = StoredFlows.flow(flows, version);
    }
    Object document = Objects.requireNonNull(Json.parse(flow.toJson()));
    if (Options.has(given, DOCUMENT)) {
      console.document(document);
    } else {
      Map<String, Object> shown = StoredFlows.line(entry, version);
      shown.put("document", document);
      console.document(shown);
    }
    return Exit.COMPLETED;
  }
}
