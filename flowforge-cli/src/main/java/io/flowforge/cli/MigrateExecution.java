package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.InvalidFlowException;
import io.flowforge.MigrationPlan;
import io.flowforge.flow.Flow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions migrate}. */
final class MigrateExecution implements Subcommand {
  private static final String TO = "--to";
  private static final String DRY_RUN = "--dry-run";

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
                    "The document of the version, or the number of one that the store keeps."))
            .addOption(Options.flag(DRY_RUN, "Tells what would be done, and does nothing."));
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
      if (Options.has(given, DRY_RUN)) {
        return told(view.operations().planMigration(execution.id(), flow), to, console);
      }
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

  private static Exit told(MigrationPlan plan, String to, Console console) {
    MigrationPlan.Nodes nodes = plan.nodes();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("executionId", plan.executionId());
    document.put("status", plan.status().name());
    document.put("from", plan.from());
    document.put("to", plan.to());
    document.put("allowed", plan.isAllowed());
    Map<String, Object> places = new LinkedHashMap<>();
    places.put("kept", nodes.kept());
    places.put("underWay", nodes.underWay());
    places.put("changed", nodes.changed());
    places.put("added", nodes.added());
    places.put("dropped", nodes.dropped());
    document.put("nodes", places);
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("kept", plan.variables().kept());
    variables.put("added", plan.variables().added());
    variables.put("dropped", plan.variables().dropped());
    document.put("variables", variables);
    document.put("problems", Problems.values(to, plan.problems()));
    plan.problems().forEach(problem -> console.say(to + ": " + problem));
    console.document(document);
    return plan.isAllowed() ? Exit.COMPLETED : Exit.INVALID;
  }

  private static Flow version(FlowRepository flows, String id, int number) {
    FlowEntry entry = StoredFlows.entry(flows, id);
    return StoredFlows.flow(flows, StoredFlows.version(flows, entry, number));
  }
}
