package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.InvalidFlowException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions cancel|pause|answer|signal}: tells an execution something. */
final class SendMessage implements Subcommand {
  private static final String REASON = "--reason";
  private static final String VALUE = "--value";
  private static final String PAYLOAD = "--payload";
  private static final String MESSAGE_ID = "--message-id";

  /** What it is told. */
  enum Kind {
    CANCEL("Asks for the end of an execution; what it has done is compensated."),
    PAUSE("Holds an execution: running nodes finish, new ones do not start."),
    ANSWER("Answers a user-input node."),
    SIGNAL("Sends an event to one execution.");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String verb() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;

  SendMessage(Kind kind) {
    this.kind = kind;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(kind.verb(), kind.description)
            .addPositional(Options.argument("ID", "Id of an execution."));
    spec.usageMessage()
        .footer(
            "",
            "Returns once the store has it. Who drives the execution obeys; when nobody does, the",
            "next \"executions resume\" or engine that takes it up.");
    switch (kind) {
      case CANCEL -> spec.addOption(Options.text(REASON, "TEXT", "A few words to record."));
      case PAUSE -> {
        // It needs nothing more.
      }
      case ANSWER ->
          spec.addPositional(Options.second("NODE", "Address of the node run that asks."))
              .addOption(Options.needed(VALUE, "JSON", "The answer; text when it is not JSON."));
      case SIGNAL ->
          spec.addPositional(Options.second("EVENT", "Name of the event."))
              .addOption(Options.text(PAYLOAD, "JSON", "Its payload; text when it is not JSON."))
              .addOption(
                  Options.text(
                      MESSAGE_ID,
                      "ID",
                      "An id of your own; the same one again sends nothing more."));
    }
    return Stored.options(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    try (FlowForge forge = Stored.looking(given)) {
      Execution execution = Stored.execution(Stored.acting(forge, given), Options.argument(given));
      try {
        send(execution, given);
      } catch (InvalidFlowException unfit) {
        return console.problems(execution.id(), unfit.problems());
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("executionId", execution.id());
      document.put("status", execution.status().name());
      console.document(document);
    }
    return Exit.COMPLETED;
  }

  private void send(Execution execution, ParseResult given) {
    switch (kind) {
      case CANCEL -> {
        String reason = Options.text(given, REASON);
        execution.cancel(reason == null ? "asked for on the command line" : reason);
      }
      case PAUSE -> execution.pause();
      case ANSWER ->
          execution.answer(
              Options.second(given), Inputs.value(Options.textOr(given, VALUE, "null")));
      case SIGNAL -> signal(execution, given);
    }
  }

  private static void signal(Execution execution, ParseResult given) {
    String event = Options.second(given);
    Object payload = Inputs.value(Options.textOr(given, PAYLOAD, "null"));
    String id = Options.text(given, MESSAGE_ID);
    if (id == null) {
      execution.signal(event, payload);
    } else {
      execution.signal(event, payload, id);
    }
  }
}
