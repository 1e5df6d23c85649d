package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.spi.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an execution and for those it has set off: to their end, or until only a person or an
 * event from outside can move them on, or as long as a time-out says.
 *
 * <p>Looks again whenever an execution changes its status; the engine tells of that by event.
 * Looking now and then without one costs little, makes up for events that were dropped, and sees
 * what happens to a stored execution elsewhere.
 */
final class Watch {
  /** How long to wait when there is no time-out. */
  enum Until {
    /** As long as the execution goes on by itself. */
    STUCK,
    /** To its end, whoever brings that about. */
    END
  }

  private static final long LOOK_MILLIS = 100;

  private final FlowForge forge;
  private final Execution execution;
  private final long deadline;
  private final boolean timed;
  private final boolean untilStuck;
  private final Semaphore news = new Semaphore(0);

  /** Executions that this one has set off and that have not ended, by id. */
  private final Map<String, Execution> others = new HashMap<>();

  private boolean followed;

  Watch(FlowForge forge, Execution execution, Until until, @Nullable Duration timeout) {
    this.forge = forge;
    this.execution = execution;
    this.timed = timeout != null;
    this.untilStuck = until == Until.STUCK && timeout == null;
    this.deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + nanos(timeout);
  }

  /** Waits. */
  void await() throws InterruptedException {
    if (looksOver()) {
      return;
    }
    execution.result().whenComplete((result, failure) -> news.release());
    EventStream changes =
        forge.events().only(EventType.EXECUTION_PROGRESS, EventType.USER_INPUT_REQUIRED);
    EventStream.Subscription subscription = changes.subscribe(event -> news.release());
    try {
      while (!looksOver() && remaining() > 0) {
        news.tryAcquire(Math.min(remaining(), LOOK_MILLIS), TimeUnit.MILLISECONDS);
        news.drainPermits();
      }
    } finally {
      subscription.close();
    }
  }

  private boolean looksOver() {
    try {
      return isOver();
    } catch (StoreException failed) {
      if (!failed.retryable()) {
        throw failed;
      }
      // The engine rides an outage out, and so does who waits for it.
      return false;
    }
  }

  private boolean isOver() {
    // The others come first: one that ends has told the execution of it by then.
    for (Execution other : forge.executions()) {
      if (other.id().startsWith(execution.id() + ".")) {
        others.putIfAbsent(other.id(), other);
      }
    }
    for (Execution other : List.copyOf(others.values())) {
      if (other.status().isFinal()) {
        others.remove(other.id());
        follow(other);
      }
    }
    if (others.values().stream().anyMatch(this::moves)) {
      return false;
    }
    ExecutionStatus status = execution.status();
    if (status == ExecutionStatus.FAILED && !followed) {
      followed = true;
      follow(execution);
      return isOver();
    }
    return status.isFinal() || status == ExecutionStatus.PARKED || untilStuck && !moves(execution);
  }

  /** Waits for the error flow of what has failed; it may have been left by a dead process. */
  private void follow(Execution ended) {
    if (ended.status() == ExecutionStatus.FAILED && ended.flow().settings().errorFlow() != null) {
      forge
          .execution(ended.id() + ".error")
          .filter(error -> !error.status().isFinal())
          .ifPresent(
              error -> {
                error.resume();
                others.put(error.id(), error);
              });
    }
  }

  /** Whether an execution goes on by itself, now or later. */
  private boolean moves(Execution other) {
    ExecutionStatus status = other.status();
    if (status != ExecutionStatus.WAITING) {
      return moves(status);
    }
    // It may have been taken up since its status was read.
    ExecutionSnapshot now = other.snapshot();
    return now.status() == ExecutionStatus.WAITING ? wakes(now) : moves(now.status());
  }

  private static boolean moves(ExecutionStatus status) {
    return switch (status) {
      case PENDING, RUNNING, COMPENSATING -> true;
      case WAITING, PAUSED, PARKED, COMPLETED, FAILED, CANCELLED -> false;
    };
  }

  private boolean wakes(ExecutionSnapshot waiting) {
    return waiting.wakeAt() != null
        || waiting.nodes().stream().anyMatch(node -> waitsForMoving(waiting.id(), node));
  }

  /** A sub-flow need not be in this process yet, or any more. */
  private boolean waitsForMoving(String id, NodeSnapshot node) {
    return node.type().equals("subflow")
        && !node.status().isFinal()
        && forge.execution(id + "." + node.path()).map(this::moves).orElse(false);
  }

  private long remaining() {
    return timed
        ? TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999)
        : LOOK_MILLIS;
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(36500)) > 0
        ? Duration.ofDays(36500).toNanos()
        : timeout.toNanos();
  }
}
