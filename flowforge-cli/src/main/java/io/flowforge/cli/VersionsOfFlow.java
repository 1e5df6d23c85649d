package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.FlowVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows versions}. */
final class VersionsOfFlow implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("versions", "Lists the versions of a stored flow, oldest first.")
            .addPositional(Options.argument("ID", "Id of the flow."))
            .addOption(Options.limit())
            .addOption(
                Options.text(
                    Options.AFTER, "N", "Goes on behind this version, the last of a page."));
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = StoredFlows.id(given);
    int after = Values.number(given, Options.AFTER, 0, Integer.MAX_VALUE, 0);
    int limit = Values.number(given, Options.LIMIT, 1, 1000, 100);
    List<FlowVersion> found;
    try (FlowForge forge = Stored.looking(given)) {
      FlowRepository flows = Stored.view(forge, given).flows();
      StoredFlows.entry(flows, id);
      found = flows.versions(id, after, limit);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("flow", id);
    document.put("versions", found.stream().map(StoredFlows::line).toList());
    console.document(document);
    return Exit.COMPLETED;
  }
}
