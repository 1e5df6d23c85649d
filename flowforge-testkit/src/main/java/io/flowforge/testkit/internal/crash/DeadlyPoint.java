package io.flowforge.testkit.internal.crash;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Ends the process where a point is reached for the N-th time. */
final class DeadlyPoint implements Consumer<String> {
  /** What a shell says of a process that was killed. */
  private static final int KILLED = 137;

  private final String point;
  private final AtomicLong left;

  DeadlyPoint(String point, long times) {
    this.point = point;
    this.left = new AtomicLong(times);
  }

  @Override
  public void accept(String reached) {
    if (reached.equals(point) && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
