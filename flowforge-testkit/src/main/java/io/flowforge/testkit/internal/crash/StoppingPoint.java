package io.flowforge.testkit.internal.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Stops the process where a point is reached for the N-th time, until it is told to go on. */
final class StoppingPoint implements Consumer<String> {
  private final String point;
  private final AtomicLong left;

  StoppingPoint(String point, long times) {
    this.point = point;
    this.left = new AtomicLong(times);
  }

  @Override
  public void accept(String reached) {
    if (reached.equals(point) && left.decrementAndGet() == 0) {
      String pid = String.valueOf(ProcessHandle.current().pid());
      try {
        // This thread waits for the end of that command, and so goes on only behind the stop.
        new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
      } catch (IOException failed) {
        throw new UncheckedIOException("cannot stop at " + point, failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
