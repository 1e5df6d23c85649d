package io.flowforge.spi;

/**
 * Where an engine's time and timers come from.
 *
 * <p>The default is the system's clock; the testkit's manual time moves only when told.
 * Thread-safe.
 */
public interface TimeSource {
  /**
   * The wall clock.
   *
   * @return microseconds since 1970, never going back within one engine's life
   */
  long epochMicros();

  /**
   * Runs a task once, not before a time.
   *
   * @param dueMicros microseconds since 1970
   * @param task must return at once
   * @return takes the task back when asked
   */
  Timer schedule(long dueMicros, Runnable task);

  /** Gives back threads; tasks that are not due are dropped. */
  void close();

  /** A scheduled task. */
  interface Timer {
    /** Takes the task back; does nothing once it has run. */
    void cancel();
  }
}
