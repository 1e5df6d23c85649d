package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions retry|fork}: runs an ended execution once more, in part. */
final class CopyExecution implements Subcommand {
  private static final String NODE = "--node";
  private static final String VARIABLE = "--var";

  /** What of it is run again. */
  enum Kind {
    RETRY("Runs again what did not complete, as a copy with the keys of the first time."),
    FORK("Runs a node and all behind it again, as a copy with keys of its own.");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

  private final Kind kind;

  CopyExecution(Kind kind) {
    this.kind = kind;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(kind.name().toLowerCase(Locale.ROOT), kind.description)
            .addPositional(Options.argument("ID", "Id of an execution that has ended."));
    if (kind == Kind.FORK) {
      spec.addOption(Options.needed(NODE, "NODE", "Id of the node to begin at."))
          .addOption(
              Options.texts(
                  VARIABLE,
                  "NAME=VALUE",
                  "A variable's new value: JSON when it parses as JSON, else text. Repeatable."));
    }
    return Foreground.options(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    Map<String, @Nullable Object> variables =
        kind == Kind.FORK ? Inputs.values(VARIABLE, Options.texts(given, VARIABLE)) : Map.of();
    String id = Options.argument(given);
    try (FlowForge forge = Foreground.engine(given)) {
      Execution copy =
          kind == Kind.FORK
              ? forge.operations().fork(id, Options.textOr(given, NODE, ""), variables)
              : forge.operations().retry(id);
      return Foreground.stay(forge, copy, given, console);
    }
  }
}
