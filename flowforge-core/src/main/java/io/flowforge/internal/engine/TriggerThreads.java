package io.flowforge.internal.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/** Where the work of one trigger runs: the engine's threads, interrupted when the trigger stops. */
final class TriggerThreads implements Executor {
  private final Workers workers;
  private final Set<Thread> busy = new HashSet<>();
  private boolean closed;

  TriggerThreads(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void execute(Runnable task) {
    workers.execute(() -> run(task));
  }

  private void run(Runnable task) {
    Thread self = Thread.currentThread();
    synchronized (busy) {
      if (closed) {
        return;
      }
      busy.add(self);
    }
    try {
      task.run();
    } finally {
      synchronized (busy) {
        busy.remove(self);
        if (closed) {
          // An interrupt that was meant for the task is not for what the thread does next.
          Thread.interrupted();
        }
      }
    }
  }

  /** Begins nothing more, and interrupts what runs, save the caller. */
  void close() {
    synchronized (busy) {
      closed = true;
      for (Thread thread : busy) {
        if (!thread.equals(Thread.currentThread())) {
          thread.interrupt();
        }
      }
    }
  }
}
