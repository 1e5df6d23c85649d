package io.flowforge.cli;

import io.flowforge.Execution;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels an execution when the process is told to end (by Ctrl-C, say), so that what it has done
 * is compensated and its result is still printed.
 */
final class CancelOnExit implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final CountDownLatch printed = new CountDownLatch(1);
  private final Thread hook;

  CancelOnExit(Execution execution) {
    hook = new Thread(() -> cancel(execution), "flowforge-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void cancel(Execution execution) {
    execution.cancel("the process was told to end");
    try {
      if (!printed.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        DebugLog.write(new IllegalStateException("not cancelled within " + GRACE));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The result is printed. */
  @Override
  public void close() {
    printed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ignored) {
      // The process is ending, and the hook has been at work.
    }
  }
}
