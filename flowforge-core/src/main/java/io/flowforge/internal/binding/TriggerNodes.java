package io.flowforge.internal.binding;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.TriggerDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The triggers that a flow may name although nothing here watches for their events: started by
 * hand, such a flow runs as if the event had come. A plugin of the same type takes the place of
 * one.
 */
public final class TriggerNodes {
  private TriggerNodes() {}

  /**
   * All of them, with configs of any keys.
   *
   * @return one for each kind of event
   */
  public static List<TriggerDescriptor<Map<String, Object>>> all() {
    return List.of(
        open("manual", "Manual", "Starts when the host or a person says so."),
        open("webhook", "Webhook", "Starts with an HTTP request."),
        open("schedule", "Schedule", "Starts by the clock.").aliases("cron"),
        open("event", "Event", "Starts with an event of the host."),
        open("file-watch", "File watch", "Starts when files come or change.").aliases("file"),
        open("email", "Email", "Starts with mail that arrives.").aliases("email-received"),
        open("message", "Message", "Starts with a message of a queue.").aliases("message-queue"),
        open("database-change", "Database change", "Starts when rows come or change."));
  }

  private static TriggerDescriptor<Map<String, Object>> open(
      String type, String title, String description) {
    return TriggerDescriptor.<Map<String, Object>>of(type, Map.class)
        .title(title)
        .description(description)
        .example(Map.of());
  }

  /** The node that stands for a trigger: gives the event, which is the input of an entry. */
  record Event<C>(ActionDescriptor<C> descriptor) implements Action<C> {
    @Override
    public @Nullable Object run(C config, ActionContext context) {
      return context.input();
    }
  }
}
