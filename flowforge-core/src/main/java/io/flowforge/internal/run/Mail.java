package io.flowforge.internal.run;

import org.jspecify.annotations.Nullable;

/** A message to a run: something that happened outside, to be handled by whoever drives it. */
abstract class Mail {
  /** Older mail, while this is in the box. */
  @Nullable Mail next;

  /** Handles it; only called by the thread that drives the run. */
  abstract void deliver();
}
