package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Operations;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions set-variables|discard}: changes an execution that stands still. */
final class ChangeExecution implements Subcommand {
  private static final String VARIABLE = "--var";
  private static final String REASON = "--reason";

  /** What is done to it. */
  enum Kind {
    SET_VARIABLES("set-variables", "Changes variables of an execution that is paused or parked."),
    DISCARD(
        "discard",
        "Takes an execution out of the dead letters: a parked one ends as CANCELLED, without running"
            + " or undoing anything.");

    private final String verb;
    private final String description;

    Kind(String verb, String description) {
      this.verb = verb;
      this.description = description;
    }

    String verb() {
      return verb;
    }
  }

  private final Kind kind;

  ChangeExecution(Kind kind) {
    this.kind = kind;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(kind.verb, kind.description)
            .addPositional(Options.argument("ID", "Id of an execution."));
    return Stored.options(
        spec.addOption(
            switch (kind) {
              case SET_VARIABLES ->
                  Options.texts(
                      VARIABLE,
                      "NAME=VALUE",
                      "A variable's new value: JSON when it parses as JSON, else text."
                          + " Repeatable.");
              case DISCARD -> Options.text(REASON, "TEXT", "A few words to record.");
            }));
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = Options.argument(given);
    Map<String, @Nullable Object> variables =
        Inputs.values(VARIABLE, Options.texts(given, VARIABLE));
    if (kind == Kind.SET_VARIABLES && variables.isEmpty()) {
      throw new Refusal("FF-CLI-USAGE", "name a variable, " + VARIABLE + " NAME=VALUE");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    try (FlowForge forge = Stored.looking(given)) {
      Execution execution = Stored.execution(forge, id);
      Operations operations = Stored.acting(forge, given).operations();
      switch (kind) {
        case SET_VARIABLES -> operations.setVariables(id, variables);
        case DISCARD ->
            operations.discard(id, Options.textOr(given, REASON, "asked for on the command line"));
      }
      document.put("executionId", id);
      document.put("status", execution.status().name());
    }
    console.document(document);
    return Exit.COMPLETED;
  }
}
