package io.flowforge.internal.time;

import io.flowforge.spi.TimeSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The system's clock, and timers in a binary heap served by one thread.
 *
 * <p>The wall clock is anchored to the monotonic one and read through it, which costs one clock
 * call and never goes back; the anchor is renewed every few seconds so that it follows corrections
 * of the wall clock forward. Cancelled timers stay in the heap until they are due or make up half
 * of it, so that taking one back is O(1).
 */
public final class SystemTime implements TimeSource {
  private static final long ANCHOR_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int SMALLEST = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final Runner runner;
  private volatile Anchor anchor;
  private Entry[] heap = new Entry[SMALLEST];
  private int size;
  private int cancelled;
  private boolean closed;
  private @Nullable Thread thread;

  /** Runs tasks that have come due, off the timer thread. */
  @FunctionalInterface
  public interface Runner {
    /** Takes tasks in due order; must return at once. */
    void run(Runnable[] tasks, int count);
  }

  public SystemTime(Runner runner) {
    this.runner = runner;
    this.anchor = Anchor.now(Long.MIN_VALUE);
  }

  @Override
  public long epochMicros() {
    Anchor current = anchor;
    long nanos = System.nanoTime() - current.nanos;
    if (nanos > ANCHOR_NANOS) {
      return reanchor(current, nanos);
    }
    return current.micros + nanos / 1000;
  }

  private long reanchor(Anchor current, long nanos) {
    Anchor next = Anchor.now(current.micros + nanos / 1000);
    anchor = next;
    return next.micros;
  }

  @Override
  public Timer schedule(long dueMicros, Runnable task) {
    Entry entry = new Entry(this, dueMicros, task);
    lock.lock();
    try {
      if (closed) {
        return entry;
      }
      push(entry);
      if (thread == null) {
        thread = Threads.platform("flowforge-timers", this::serve);
        thread.start();
      } else if (heap[0] == entry) {
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
    return entry;
  }

  @Override
  public void close() {
    Thread ending;
    lock.lock();
    try {
      closed = true;
      size = 0;
      Arrays.fill(heap, null);
      earlier.signal();
      ending = thread;
    } finally {
      lock.unlock();
    }
    if (ending != null && ending != Thread.currentThread()) {
      Threads.join(ending);
    }
  }

  private void serve() {
    Runnable[] due = new Runnable[256];
    while (true) {
      int count = awaitDue(due);
      if (count == 0) {
        return;
      }
      runner.run(due, count);
      Arrays.fill(due, 0, count, null);
    }
  }

  /** Waits for due tasks and moves some of them into the array; 0 means closed. */
  private int awaitDue(Runnable[] due) {
    lock.lock();
    try {
      while (!closed) {
        long wait = size == 0 ? Long.MAX_VALUE : heap[0].dueMicros - epochMicros();
        if (wait <= 0) {
          int count = popDue(due);
          if (count > 0) {
            return count;
          }
        } else {
          earlier.awaitNanos(wait == Long.MAX_VALUE ? wait : wait * 1000);
        }
      }
      return 0;
    } catch (InterruptedException ignored) {
      // Only close() ends this thread; a stray interrupt finds the heap as it was.
      return closed ? 0 : popDue(due);
    } finally {
      lock.unlock();
    }
  }

  private int popDue(Runnable[] due) {
    long now = epochMicros();
    int count = 0;
    while (size > 0 && count < due.length && heap[0].dueMicros <= now) {
      Runnable task = pop().take();
      if (task == null) {
        cancelled--;
      } else {
        due[count++] = task;
      }
    }
    return count;
  }

  private void push(Entry entry) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    int at = size++;
    while (at > 0) {
      int up = (at - 1) >>> 1;
      if (heap[up].dueMicros <= entry.dueMicros) {
        break;
      }
      heap[at] = heap[up];
      at = up;
    }
    heap[at] = entry;
  }

  private Entry pop() {
    Entry top = heap[0];
    Entry last = heap[--size];
    heap[size] = null;
    if (size > 0) {
      sink(0, last);
    }
    return top;
  }

  private void sink(int from, Entry entry) {
    int at = from;
    int half = size >>> 1;
    while (at < half) {
      int down = 2 * at + 1;
      if (down + 1 < size && heap[down + 1].dueMicros < heap[down].dueMicros) {
        down++;
      }
      if (entry.dueMicros <= heap[down].dueMicros) {
        break;
      }
      heap[at] = heap[down];
      at = down;
    }
    heap[at] = entry;
  }

  private void cancelled() {
    lock.lock();
    try {
      if (++cancelled > SMALLEST && cancelled * 2 > size) {
        sweep();
      }
    } finally {
      lock.unlock();
    }
  }

  private void sweep() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (heap[i].task != null) {
        heap[kept++] = heap[i];
      }
    }
    Arrays.fill(heap, kept, size, null);
    size = kept;
    cancelled = 0;
    for (int i = (size >>> 1) - 1; i >= 0; i--) {
      sink(i, heap[i]);
    }
  }

  /** One instant read from both clocks. */
  private record Anchor(long micros, long nanos) {
    static Anchor now(long atLeast) {
      java.time.Instant wall = java.time.Instant.now();
      long micros = wall.getEpochSecond() * 1_000_000L + wall.getNano() / 1000;
      return new Anchor(Math.max(micros, atLeast), System.nanoTime());
    }
  }

  /** A timer in the heap. */
  private static final class Entry implements Timer {
    private final SystemTime owner;
    private final long dueMicros;
    private volatile @Nullable Runnable task;

    Entry(SystemTime owner, long dueMicros, Runnable task) {
      this.owner = owner;
      this.dueMicros = dueMicros;
      this.task = task;
    }

    @Nullable Runnable take() {
      Runnable taken = task;
      task = null;
      return taken;
    }

    @Override
    public void cancel() {
      if (task != null) {
        task = null;
        owner.cancelled();
      }
    }
  }
}
