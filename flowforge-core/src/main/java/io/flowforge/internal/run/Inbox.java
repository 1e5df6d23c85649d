package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the messages of an execution mean to it, and how they are written. */
public final class Inbox {
  /** The operation that sets variables; the payload is their values by name. */
  public static final String VARIABLES = "variables";

  /** The operation that has an execution given back as soon as it holds or only waits. */
  public static final String RELEASE = "release";

  private Inbox() {}

  /** The payload of a message that says how a sub-flow ended. */
  public static String ending(
      ExecutionStatus status, Map<String, Object> outputs, @Nullable Object error) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("status", status.name());
    payload.put("outputs", outputs);
    payload.put("error", error);
    return Json.write(payload);
  }

  /** Deals with a message, on the thread that drives the run. */
  static void deliver(Run run, Message message) {
    Object payload = Values.normalise(Json.parse(message.payload()), Long.MAX_VALUE);
    switch (message.kind()) {
      case CANCEL -> run.ending.cancelHeard(String.valueOf(payload));
      case PAUSE -> run.pause(true);
      case RESUME -> run.pause(false);
      case SIGNAL -> run.signals().hear(message.name(), payload);
      case EVENT -> event(run, message.name(), payload);
      case ANSWER -> answer(run, message.name(), payload);
      case CHILD -> child(run, message.name(), payload);
      case OPERATE -> operate(run, message.name(), payload);
    }
  }

  private static void operate(Run run, String what, @Nullable Object payload) {
    if (what.equals(VARIABLES)) {
      run.edits().hear(run, mapOf(payload));
    } else if (what.equals(RELEASE)) {
      run.releaseHeard();
    } else {
      run.host.complain("unknown operation " + Shown.quoted(what), null);
    }
  }

  private static @Nullable Object workAt(Run run, String path) {
    Place place = Place.find(run.root(), path);
    NodeState state = place == null ? null : place.scope().stateOrNull(place.node());
    return state == null || state.call == null ? null : state.work;
  }

  private static void event(Run run, String path, @Nullable Object payload) {
    if (workAt(run, path) instanceof EventWork work) {
      work.received(payload);
    }
  }

  private static void answer(Run run, String path, @Nullable Object payload) {
    if (workAt(run, path) instanceof AnswerWork work) {
      try {
        work.answer(payload);
      } catch (FlowForgeException refused) {
        run.host.complain("an answer for " + run.id() + "/" + path + " was refused", refused);
      }
    }
  }

  private static void child(Run run, String path, @Nullable Object payload) {
    if (workAt(run, path) instanceof SubflowWork work
        && Objects.requireNonNull(payload) instanceof Map<?, ?> ending) {
      ExecutionError error = errorOf(ending.get("error"));
      work.pass(
          ExecutionStatus.valueOf((String) Objects.requireNonNull(ending.get("status"))),
          mapOf(ending.get("outputs")),
          error);
    }
  }

  /** An error from its plain form; null when there is none. */
  public static @Nullable ExecutionError errorOf(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    return new ExecutionError(
        String.valueOf(map.get("code")),
        String.valueOf(map.get("message")),
        (String) map.get("node"),
        mapOf(map.get("details")));
  }

  /** A plain map; an empty one for null. */
  @SuppressWarnings("unchecked") // plain maps have text keys
  public static Map<String, Object> mapOf(@Nullable Object value) {
    return value == null ? PlainMap.of() : (Map<String, Object>) value;
  }
}
