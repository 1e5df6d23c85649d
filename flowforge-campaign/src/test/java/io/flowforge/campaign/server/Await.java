package io.flowforge.campaign.server;

import java.util.function.BooleanSupplier;

/** Waits for what happens in other processes. */
public final class Await {
  private static final long LOOK_MILLIS = 10;

  private Await() {}

  /**
   * Waits until something holds.
   *
   * @param millis how long at most
   * @param condition what is waited for
   */
  public static void until(long millis, BooleanSupplier condition) {
    if (!holds(millis, condition)) {
      throw new IllegalStateException("it took longer than " + millis + " ms");
    }
  }

  /**
   * Waits until something holds, or for too long.
   *
   * @param millis how long at most
   * @param condition what is waited for
   * @return whether it holds
   */
  public static boolean holds(long millis, BooleanSupplier condition) {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
    return true;
  }
}
