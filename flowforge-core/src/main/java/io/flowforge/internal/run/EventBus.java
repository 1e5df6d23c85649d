package io.flowforge.internal.run;

import org.jspecify.annotations.Nullable;

/** Brings events to the nodes that wait for them, in whatever execution. */
public interface EventBus {
  /** A node that waits. */
  interface Waiter {
    /** Takes the event; false when it waits no more. */
    boolean take(@Nullable Object payload);
  }

  /** An event that came before its wait. */
  record Kept(@Nullable Object payload) {}

  /**
   * Delivers to all that wait now, or keeps the event for one that comes later.
   *
   * @return how many took it
   */
  int publish(String event, @Nullable String correlation, @Nullable Object payload);

  /**
   * Takes a kept event, or begins to wait.
   *
   * @return the kept event, or null when the waiter is now registered
   */
  @Nullable Kept await(String event, @Nullable String correlation, Waiter waiter);

  /** Ends a wait. */
  void forget(String event, @Nullable String correlation, Waiter waiter);
}
