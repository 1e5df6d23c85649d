package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.spi.TimeSource.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a run itself: its flow's time-out, and once its end is decided, the time that
 * stopped nodes have to return. Times are microseconds since 1970.
 *
 * <p>All methods run on the thread that drives the run; what is due comes to it as mail.
 */
final class Deadline {
  private final Run run;
  private @Nullable Timer timer;
  private long dueMicros;

  Deadline(Run run) {
    this.run = run;
  }

  /** The flow's time-out, counted from a time. */
  void timeOut(Duration timeout, long begin) {
    schedule(begin + Run.micros(timeout), new TimedOut());
  }

  /** From now on stopped nodes have so long to return. */
  void giveGrace() {
    schedule(run.lastMicros + run.host.cancelGraceMicros(), new Grace());
  }

  private void schedule(long due, Mail news) {
    dueMicros = due;
    timer = run.host.time().schedule(due, () -> run.post(news));
  }

  /** Shows a time that another process's timers are due at. */
  void show(long micros) {
    dueMicros = micros;
  }

  void cancel() {
    if (timer != null) {
      timer = NodeState.cancel(timer);
      dueMicros = 0;
    }
  }

  /** When it is due; 0 is never. */
  long dueMicros() {
    return dueMicros;
  }

  /** The flow's time-out. */
  private final class TimedOut extends Mail {
    @Override
    void deliver() {
      if (!run.ending.isDecided()) {
        String limit = String.valueOf(run.plan.flow.settings().timeout());
        run.ending.fail(
            ExecutionError.of(
                "FF-TIMEOUT", "the execution took longer than settings.timeout " + limit, null));
        run.root().stop();
      }
    }
  }

  /** Stopped nodes that have not returned are left behind. */
  private final class Grace extends Mail {
    @Override
    void deliver() {
      if (!run.status().isFinal() && run.undoing() == null) {
        run.root().abandon();
        run.list(run.root());
      }
    }
  }
}
