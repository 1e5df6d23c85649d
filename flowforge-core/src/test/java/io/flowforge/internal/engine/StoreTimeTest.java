package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTimeTest {
  private static final long SECOND = 1_000_000;

  private final Local local = new Local();
  private final StoreTime time = new StoreTime(local);
  private final List<Long> ran = new ArrayList<>();

  /** A clock of a process, whose timers run as the test moves it. */
  private static final class Local implements TimeSource {
    private record Entry(long due, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private long micros = 100 * SECOND;

    void pass(long by) {
      micros += by;
      List<Entry> due = entries.stream().filter(entry -> entry.due <= micros).toList();
      entries.removeAll(due);
      due.forEach(entry -> entry.task.run());
    }

    @Override
    public long epochMicros() {
      return micros;
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      Entry entry = new Entry(dueMicros, task);
      entries.add(entry);
      return () -> entries.remove(entry);
    }

    @Override
    public void close() {}
  }

  private TimeSource.Timer in(long micros) {
    return time.schedule(time.epochMicros() + micros, () -> ran.add(time.epochMicros()));
  }

  @Test
  void a_timer_is_not_early_by_the_stores_clock_though_the_difference_has_shrunk() {
    time.compare(local.micros + 5 * SECOND, local.micros);
    long due = time.epochMicros() + 10 * SECOND;
    in(10 * SECOND);
    time.compare(local.micros + 3 * SECOND, local.micros);
    local.pass(10 * SECOND);
    assertThat(ran).isEmpty();
    local.pass(2 * SECOND - 1);
    assertThat(ran).isEmpty();
    local.pass(1);
    assertThat(ran).containsExactly(due);
  }

  @Test
  void a_timer_that_was_set_again_can_be_cancelled() {
    time.compare(local.micros + 5 * SECOND, local.micros);
    TimeSource.Timer timer = in(10 * SECOND);
    time.compare(local.micros, local.micros);
    local.pass(10 * SECOND);
    timer.cancel();
    local.pass(60 * SECOND);
    assertThat(ran).isEmpty();
    assertThat(local.entries).isEmpty();
  }
}
