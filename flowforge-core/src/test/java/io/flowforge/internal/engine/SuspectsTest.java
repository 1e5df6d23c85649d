package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** In what order executions of a dead process are taken up. */
class SuspectsTest {
  private final Agenda time = new Agenda();
  private final List<String> taken = new ArrayList<>();

  @Test
  void who_may_have_killed_a_process_twice_comes_after_all_others() {
    takeUp(0.0, dead("killer", 2), dead("a", 0), dead("b", 1));
    assertThat(taken).containsExactly("a", "b");
    time.pass();
    assertThat(taken).containsExactly("a", "b", "killer");
  }

  @Test
  void suspects_come_one_by_one_and_not_always_in_the_same_order() {
    takeUp(0.0, dead("x", 5), dead("y", 5), dead("z", 5));
    assertThat(taken).containsExactly("z");
    time.pass();
    assertThat(taken).containsExactly("z", "y");
    time.pass();
    taken.clear();
    takeUp(0.99, dead("x", 5), dead("y", 5), dead("z", 5));
    assertThat(taken).containsExactly("x");
  }

  @Test
  void the_last_of_very_many_does_not_wait_for_long() {
    StoredExecution[] many = new StoredExecution[1000];
    Arrays.setAll(many, i -> dead("e" + i, 3));
    takeUp(0.5, many);
    time.passUntil(5_000_000);
    assertThat(taken).hasSize(1000);
  }

  private void takeUp(double random, StoredExecution... found) {
    new Suspects(time, new Drivers(true, 1), () -> random)
        .takeUp(List.of(found), one -> taken.add(one.head().id()));
  }

  private static StoredExecution dead(String id, int recoveries) {
    ExecutionRecord head =
        new ExecutionRecord(
            id,
            "flow",
            "hash",
            "",
            Map.of(),
            "{}",
            ExecutionStatus.RUNNING,
            null,
            "worker",
            2,
            1,
            0,
            recoveries,
            0,
            1,
            0);
    return new StoredExecution(head, List.of("[]"), List.of());
  }

  /** Time that passes from one timer to the next. */
  private static final class Agenda implements TimeSource {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now = 1_000;

    private record Entry(long due, Runnable task) implements Comparable<Entry> {
      @Override
      public int compareTo(Entry other) {
        return Long.compare(due, other.due);
      }
    }

    void pass() {
      Entry next = entries.remove();
      now = next.due;
      next.task.run();
    }

    void passUntil(long micros) {
      long until = now + micros;
      while (!entries.isEmpty() && entries.peek().due <= until) {
        pass();
      }
    }

    @Override
    public long epochMicros() {
      return now;
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      entries.add(new Entry(dueMicros, task));
      return () -> {};
    }

    @Override
    public void close() {
      entries.clear();
    }
  }
}
