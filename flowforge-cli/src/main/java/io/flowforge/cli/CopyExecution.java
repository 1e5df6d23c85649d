package io.flowforge.cli;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Operations;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionQuery;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code flowforge executions retry|fork}: runs ended executions once more, in part; one, or with
 * {@code --bulk} many.
 */
final class CopyExecution implements Subcommand {
  private static final String NODE = "--node";
  private static final String VARIABLE = "--var";
  private static final String BULK = "--bulk";

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
            .addPositional(Options.optional("ID", "Id of an execution that has ended."));
    if (kind == Kind.FORK) {
      spec.addOption(Options.needed(NODE, "NODE", "Id of the node to begin at."))
          .addOption(
              Options.texts(
                  VARIABLE,
                  "NAME=VALUE",
                  "A variable's new value: JSON when it parses as JSON, else text. Repeatable."));
    }
    spec.usageMessage()
        .footer(
            "",
            "With --bulk it stays until no copy goes on by itself. The same call again makes no",
            "second copy; a page that is full is gone on with by --after and what it tells as next.");
    spec.addOption(
            Options.text(
                BULK,
                "NAME",
                "Instead of one: all that the options below find, under a name for the whole, which"
                    + " the ids of the copies end with."))
        .addOption(Selection.status("FAILED"));
    return Foreground.options(Selection.options(spec));
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    String bulk = Options.text(given, BULK);
    if (bulk != null && !bulk.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
      throw new Refusal(
          "FF-CLI-USAGE",
          BULK
              + " must be a letter and at most 63 letters, digits, _ or -, was \""
              + Plain.line(bulk)
              + "\"");
    }
    if ((bulk != null) == given.hasMatchedPositional(0)) {
      throw new Refusal("FF-CLI-USAGE", "name one ID, or else --bulk NAME");
    }
    Map<String, @Nullable Object> variables =
        kind == Kind.FORK ? Inputs.values(VARIABLE, Options.texts(given, VARIABLE)) : Map.of();
    return bulk == null ? one(given, variables, console) : many(bulk, given, variables, console);
  }

  private Exit one(ParseResult given, Map<String, @Nullable Object> variables, Console console)
      throws InterruptedException {
    Selection.refuse(given, BULK);
    String id = Options.argument(given);
    try (FlowForge forge = Foreground.engine(given, console)) {
      Operations operations = Stored.acting(forge, given).operations();
      Execution copy =
          kind == Kind.FORK
              ? operations.fork(id, Options.textOr(given, NODE, ""), variables)
              : operations.retry(id);
      return Foreground.stay(forge, copy, given, console);
    }
  }

  private Exit many(
      String bulk, ParseResult given, Map<String, @Nullable Object> variables, Console console)
      throws InterruptedException {
    ExecutionQuery asked = Selection.of(given);
    ExecutionQuery query =
        asked.statuses().isEmpty() ? asked.withStatuses(Set.of(ExecutionStatus.FAILED)) : asked;
    try (FlowForge forge = Foreground.engine(given, console)) {
      Operations operations = Stored.acting(forge, given).operations();
      ExecutionQuery page = Selection.after(forge, given, query);
      BulkCopies copies = new BulkCopies(forge, Options.time(given, Options.TIMEOUT));
      BulkResult made =
          kind == Kind.FORK
              ? operations.forkAll(bulk, page, Options.textOr(given, NODE, ""), variables)
              : operations.retryAll(bulk, page);
      return copies.finish(made, console);
    }
  }
}
