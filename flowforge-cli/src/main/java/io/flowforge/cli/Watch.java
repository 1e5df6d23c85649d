package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an execution as {@code run} does: to its end, or until only a person or an event from
 * outside can move it on, or as long as a time-out says.
 *
 * <p>Looks again whenever an execution changes its status; the engine tells of that by event.
 * Looking now and then without one costs little and makes up for events that were dropped.
 */
final class Watch {
  private static final long LOOK_MILLIS = 100;

  private final FlowForge forge;
  private final Execution execution;
  private final long deadline;
  private final boolean untilStuck;
  private final Semaphore news = new Semaphore(0);

  /** A null time-out waits until the execution is stuck. */
  Watch(FlowForge forge, Execution execution, @Nullable Duration timeout) {
    this.forge = forge;
    this.execution = execution;
    this.untilStuck = timeout == null;
    this.deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + nanos(timeout);
  }

  /**
   * Waits for the execution, then for the others it has set off: error flows and detached
   * sub-flows.
   */
  void await() throws InterruptedException {
    if (isOver()) {
      return;
    }
    execution.result().whenComplete((result, failure) -> news.release());
    EventStream changes =
        forge.events().only(EventType.EXECUTION_PROGRESS, EventType.USER_INPUT_REQUIRED);
    EventStream.Subscription subscription = changes.subscribe(event -> news.release());
    try {
      while (!isOver() && remaining() > 0) {
        news.tryAcquire(Math.min(remaining(), LOOK_MILLIS), TimeUnit.MILLISECONDS);
        news.drainPermits();
      }
    } finally {
      subscription.close();
    }
  }

  private boolean isOver() {
    if (execution.status().isFinal()) {
      return forge.executions().stream().noneMatch(Watch::moves);
    }
    return untilStuck && forge.executions().stream().noneMatch(Watch::moves);
  }

  /** Whether an execution goes on by itself, now or later. */
  private static boolean moves(Execution other) {
    ExecutionStatus status = other.status();
    return switch (status) {
      case PENDING, RUNNING, COMPENSATING -> true;
      case WAITING -> other.snapshot().wakeAt() != null;
      case PAUSED, PARKED, COMPLETED, FAILED, CANCELLED -> false;
    };
  }

  private long remaining() {
    return untilStuck
        ? LOOK_MILLIS
        : TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(36500)) > 0
        ? Duration.ofDays(36500).toNanos()
        : timeout.toNanos();
  }
}
