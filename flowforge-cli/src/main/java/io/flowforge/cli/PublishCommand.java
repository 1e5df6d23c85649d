package io.flowforge.cli;

import io.flowforge.FlowForge;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge publish}. */
final class PublishCommand implements Subcommand {
  private static final String CORRELATION = "--correlation";
  private static final String PAYLOAD = "--payload";
  private static final String EVENT_ID = "--event-id";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "publish",
                "Sends an event to all executions that wait for it; kept for 7 days when none does.")
            .addPositional(Options.argument("EVENT", "Name of the event."))
            .addOption(Options.text(CORRELATION, "TEXT", "What the waits must name as well."))
            .addOption(Options.text(PAYLOAD, "JSON", "Its payload; text when it is not JSON."))
            .addOption(
                Options.text(
                    EVENT_ID, "ID", "An id of your own; the same one again sends nothing more."))
            .addOption(
                Options.text(
                    Options.TENANT,
                    "TENANT",
                    "The tenant it is for; otherwise what belongs to none."));
    return spec.addOption(Options.store()).addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String event = Options.argument(given);
    String correlation = Options.text(given, CORRELATION);
    Object payload = Inputs.value(Options.textOr(given, PAYLOAD, "null"));
    String id = Options.text(given, EVENT_ID);
    int woken;
    try (FlowForge forge = Stored.looking(given)) {
      FlowForge view = Stored.view(forge, given);
      woken =
          id == null
              ? view.publish(event, correlation, payload)
              : view.publish(event, correlation, payload, id);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("event", event);
    document.put("woken", woken);
    console.document(document);
    return Exit.COMPLETED;
  }
}
