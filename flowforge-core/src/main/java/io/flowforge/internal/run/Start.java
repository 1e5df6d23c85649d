package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run was started.
 *
 * @param inputs its inputs, checked, with defaults
 * @param event what {@code trigger} is; the inputs when started by hand
 * @param trigger id of the only trigger node that fired; null for all
 * @param tenant tenant; empty is none
 * @param attributes texts to find it by
 * @param error what {@code error} is in an error flow; null otherwise
 * @param depth how many sub-flow or error-flow levels up the first run is
 * @param parent what started it as a sub-flow; null otherwise
 * @param keysOf the execution whose idempotency keys it goes on with; null for keys of its own
 * @param debounce what tells whether a later start has replaced it; null when none can
 */
public record Start(
    Map<String, Object> inputs,
    @Nullable Object event,
    @Nullable String trigger,
    String tenant,
    Map<String, String> attributes,
    @Nullable ExecutionError error,
    int depth,
    @Nullable Parent parent,
    @Nullable String keysOf,
    @Nullable Debounce debounce) {

  /** How a run is started that is no sub-flow. */
  public static Start of(
      Map<String, Object> inputs,
      @Nullable String trigger,
      String tenant,
      Map<String, String> attributes) {
    return new Start(inputs, inputs, trigger, tenant, attributes, null, 0, null, null, null);
  }

  /** A name that only executions of a tenant share, such as that of an event. */
  public static String scoped(String tenant, String name) {
    return tenant.isEmpty() ? name : tenant + "\u001f" + name;
  }

  String scoped(String name) {
    return scoped(tenant, name);
  }

  /** The id that idempotency keys are made of. */
  String keys(String own) {
    return keysOf == null ? own : keysOf;
  }

  /** The same start as that of a copy, which nobody waits for. */
  public Start copied(@Nullable String keys) {
    return new Start(inputs, event, trigger, tenant, attributes, error, depth, null, keys, null);
  }

  /** The same start under a debounce key. */
  public Start debounced(@Nullable Debounce mark) {
    return new Start(
        inputs, event, trigger, tenant, attributes, error, depth, parent, keysOf, mark);
  }

  /**
   * What tells starts under one key apart.
   *
   * @param key the key, with its tenant
   * @param micros when it was started, in microseconds since 1970
   */
  public record Debounce(String key, long micros) {}

  /**
   * The node run that started a sub-flow.
   *
   * @param executionId its execution
   * @param path its address
   * @param awaited whether it waits for the end
   * @param listener told of the end where both are in one engine without a store
   */
  public record Parent(String executionId, String path, boolean awaited, EndListener listener) {}

  /** Told of a run's end. */
  @FunctionalInterface
  public interface EndListener {
    void ended(Run run);
  }
}
