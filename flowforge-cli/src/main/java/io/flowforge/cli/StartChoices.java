package io.flowforge.cli;

import io.flowforge.QueueOptions;
import io.flowforge.StartOptions;
import io.flowforge.flow.Concurrency.Overlap;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** How {@code run} starts an execution. */
final class StartChoices {
  private static final String EXECUTION_ID = "--execution-id";
  private static final String TRIGGER = "--trigger";
  private static final String ATTRIBUTE = "--attribute";
  private static final String QUEUE = "--queue";
  private static final String QUEUE_LIMIT = "--queue-limit";
  private static final String OVERLAP = "--overlap";
  private static final String PRIORITY = "--priority";
  private static final String DEDUP_KEY = "--dedup-key";

  private static final List<String> QUEUEING =
      List.of(QUEUE, QUEUE_LIMIT, OVERLAP, PRIORITY, DEDUP_KEY);

  private StartChoices() {}

  /** Adds the options. */
  static CommandSpec options(CommandSpec spec) {
    return spec.addOption(
            Options.text(
                EXECUTION_ID,
                "ID",
                "An id of your own for the execution; one that the store knows is gone on with."))
        .addOption(
            Options.text(TRIGGER, "NODE", "The trigger node that counts as fired; otherwise all."))
        .addOption(
            Options.text(Options.TENANT, "TENANT", "The tenant that execution and flow belong to."))
        .addOption(
            Options.texts(ATTRIBUTE, "NAME=VALUE", "A text to find the execution by. Repeatable."))
        .addOption(
            Options.text(QUEUE, "NAME", "The queue to stand in; otherwise the flow's, if any."))
        .addOption(
            Options.text(
                QUEUE_LIMIT, "N", "How many of the queue may be under way when it begins."))
        .addOption(
            Options.text(
                OVERLAP,
                "WHAT",
                "When the queue is full: queue, queue-one, skip or cancel-previous."))
        .addOption(Options.text(PRIORITY, "N", "-1000 to 1000; smaller numbers begin first."))
        .addOption(
            Options.text(
                DEDUP_KEY, "KEY", "A second start with this key gives the first execution."));
  }

  /** What was given; the tenant is left to the engine's view. */
  static StartOptions of(ParseResult given) {
    StartOptions options = StartOptions.DEFAULT;
    String id = Options.text(given, EXECUTION_ID);
    if (id != null) {
      if (id.isBlank() || id.length() > 255) {
        throw new Refusal(
            "FF-CLI-USAGE", EXECUTION_ID + " must have 1 to 255 characters, had " + id.length());
      }
      options = options.withExecutionId(id);
    }
    String trigger = Options.text(given, TRIGGER);
    if (trigger != null) {
      options = options.withTrigger(trigger);
    }
    List<String> attributes = Options.texts(given, ATTRIBUTE);
    if (!attributes.isEmpty()) {
      options = options.withAttributes(Inputs.texts(ATTRIBUTE, attributes));
    }
    for (String name : QUEUEING) {
      if (Options.has(given, name)) {
        return options.withQueue(queue(given));
      }
    }
    return options;
  }

  private static QueueOptions queue(ParseResult given) {
    String overlap = Options.text(given, OVERLAP);
    return Values.checked(
        () ->
            new QueueOptions(
                Options.text(given, QUEUE),
                Values.number(given, QUEUE_LIMIT, 1, Integer.MAX_VALUE, 0),
                overlap == null ? null : Values.constant(Overlap.class, OVERLAP, overlap),
                Values.number(given, PRIORITY, -1000, 1000, 0),
                null,
                Duration.ZERO,
                Options.text(given, DEDUP_KEY),
                null,
                null));
  }
}
