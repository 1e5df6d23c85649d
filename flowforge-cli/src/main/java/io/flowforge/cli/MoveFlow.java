package io.flowforge.cli;

import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.InvalidFlowException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows activate|deactivate|delete|restore}: what a flow may be used for. */
final class MoveFlow implements Subcommand {
  /** What is done with it. */
  enum Kind {
    ACTIVATE("Lets a flow be started, and its triggers run in one of the engines on the store."),
    DEACTIVATE("Stops the triggers of a flow and refuses new starts."),
    DELETE("Deletes a flow so that it can be restored."),
    RESTORE("Takes a deletion back; the flow comes back INACTIVE.");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String verb() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;

  MoveFlow(Kind kind) {
    this.kind = kind;
  }

  @Override
  public CommandSpec spec() {
    return Stored.viewOptions(
        Options.command(kind.verb(), kind.description)
            .addPositional(Options.argument("ID", "Id of the flow.")));
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = StoredFlows.id(given);
    try (FlowForge forge = Stored.looking(given)) {
      FlowEntry moved = move(Stored.view(forge, given).flows(), id);
      console.document(StoredFlows.line(moved, moved.current()));
      return Exit.COMPLETED;
    } catch (InvalidFlowException invalid) {
      return console.problems(id, invalid.problems());
    }
  }

  private FlowEntry move(FlowRepository flows, String id) {
    return switch (kind) {
      case ACTIVATE -> flows.activate(id);
      case DEACTIVATE -> flows.deactivate(id);
      case DELETE -> flows.delete(id);
      case RESTORE -> flows.restore(id);
    };
  }
}
