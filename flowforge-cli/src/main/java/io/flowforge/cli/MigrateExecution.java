package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.InvalidFlowException;
import io.flowforge.flow.Flow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions migrate}. */
final class MigrateExecution implements Subcommand {
  private static final String TO = "--to";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "migrate", "Moves an execution that waits or holds to another version of its flow.")
            .addPositional(Options.argument("ID", "Id of an execution."))
            .addOption(
                Options.needed(
                    TO,
                    "FILE|VERSION",
                    "The document of the version, or the number of one that the store keeps."));
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String to = Options.textOr(given, TO, "");
    boolean numbered = to.matches("\\d+");
    int number = numbered ? Values.number(given, TO, 1, Integer.MAX_VALUE, 0) : 0;
    Path file = numbered ? null : FlowFile.named(to);
    Map<String, Object> document = new LinkedHashMap<>();
    try (FlowForge forge = Stored.looking(given)) {
      FlowForge view = Stored.view(forge, given);
      Execution execution = Stored.execution(view, Options.argument(given));
      Flow flow =
          file == null
              ? version(view.flows(), execution.flow().id(), number)
              : FlowFile.load(file, forge);
      Execution moved = view.operations().migrate(execution.id(), flow);
      document.put("executionId", moved.id());
      document.put("status", moved.status().name());
      document.put("flow", flow.id());
      document.put("hash", flow.contentHash());
    } catch (InvalidFlowException misfit) {
      return console.problems(to, misfit.problems());
    }
    console.document(document);
    return Exit.COMPLETED;
  }

  private static Flow version(FlowRepository flows, String id, int number) {
    FlowEntry entry = StoredFlows.entry(flows, id);
    return StoredFlows.flow(flows, StoredFlows.version(flows, entry, number));
  }
}
