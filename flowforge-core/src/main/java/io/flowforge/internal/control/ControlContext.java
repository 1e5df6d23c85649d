package io.flowforge.internal.control;

import io.flowforge.spi.ActionContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What control nodes may do beyond other actions.
 *
 * <p>They are called on the thread that drives their execution, one at a time, so what they change
 * is correct under parallel branches.
 */
public interface ControlContext extends ActionContext {
  /** What a predecessor passed on. */
  record Passed(String node, @Nullable Object value) {}

  /** Sets a variable of the execution. */
  void variable(String name, @Nullable Object value);

  /** What the taken incoming edges brought, in document order. */
  List<Passed> predecessors();

  /** Publishes an event; gives the number of waits it woke. */
  CompletionStage<Integer> publish(
      String event, @Nullable String correlation, @Nullable Object payload);
}
