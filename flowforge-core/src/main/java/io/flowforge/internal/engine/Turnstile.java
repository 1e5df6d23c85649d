package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.fault.Mutants;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets so many executions be under way; the rest wait a while, then are refused. */
final class Turnstile {
  private final int most;
  private final AtomicInteger inside = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private volatile int waiting;

  Turnstile(int most) {
    this.most = most;
  }

  int inside() {
    return inside.get();
  }

  void enter(Duration patience) {
    if (inside.incrementAndGet() > most && !Mutants.UNBOUNDED_QUEUE) {
      inside.decrementAndGet();
      enterLate(patience);
    }
  }

  /** For work that follows from work under way: it is not refused, and counts all the same. */
  void enterAlways() {
    inside.incrementAndGet();
  }

  private boolean tryEnter() {
    if (inside.incrementAndGet() <= most) {
      return true;
    }
    inside.decrementAndGet();
    return false;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private void enterLate(Duration patience) {
    long nanos =
        TimeUnit.SECONDS.toNanos(Math.min(patience.getSeconds(), 1L << 32)) + patience.getNano();
    lock.lock();
    try {
      waiting++;
      while (!tryEnter()) {
        if (nanos <= 0) {
          throw full();
        }
        nanos = left.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while the engine was full", Map.of(), true, null);
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private FlowForgeException full() {
    return new FlowForgeException(
        "FF-OVERLOADED",
        "the engine has " + most + " executions under way, its maxPending; try again later",
        Map.of("maxPending", most, "retryAfter", "1s"),
        true,
        null);
  }

  void leave() {
    inside.decrementAndGet();
    if (waiting > 0) {
      lock.lock();
      try {
        left.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
