package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowVersion;
import io.flowforge.InvalidFlowException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows rollback}. */
final class RollbackFlow implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("rollback", "Makes an older version current again, as a new version.")
            .addPositional(Options.argument("ID", "Id of the flow."))
            .addOption(Options.needed(Options.VERSION, "N", "Number of the older version."));
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = StoredFlows.id(given);
    int number = Values.number(given, Options.VERSION, 1, Integer.MAX_VALUE, 0);
    try (FlowForge forge = Stored.looking(given)) {
      FlowVersion current = Stored.view(forge, given).flows().rollback(id, number);
      console.document(StoredFlows.line(current));
      return Exit.COMPLETED;
    } catch (InvalidFlowException invalid) {
      return console.problems(id, invalid.problems());
    }
  }
}
