package io.flowforge.internal.run;

/** What a node that is more than one call keeps while it is under way. */
interface Work {
  /**
   * Stops it.
   *
   * @return true when it is over already, false when {@code Attempts.end} will be called later
   */
  boolean stop();

  /** Goes on where an earlier life of the run left it. */
  default void goOn() {}

  /**
   * Gives up on what does not stop.
   *
   * @return true when {@code Attempts.end} will be called because of it
   */
  default boolean abandon() {
    return false;
  }
}
