package io.flowforge.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final long MOMENT = 1_767_225_600_123_456L;

  @Test
  void an_id_is_a_uuid_of_version_seven_with_its_milliseconds_in_front() {
    UUID id = UUID.fromString(new Ids(1L).next(MOMENT));
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(MOMENT / 1000);
  }

  @Test
  void ids_grow_within_a_millisecond_and_beyond_its_counter() {
    Ids ids = new Ids(1L);
    String before = ids.next(MOMENT);
    for (int i = 0; i < 100_000; i++) {
      String next = ids.next(MOMENT);
      assertThat(next).isGreaterThan(before);
      before = next;
    }
  }

  @Test
  void ids_never_go_back_with_the_clock() {
    Ids ids = new Ids(1L);
    String before = ids.next(MOMENT);
    assertThat(ids.next(MOMENT - 5_000_000)).isGreaterThan(before);
  }

  @Test
  void the_same_seed_gives_the_same_ids_and_numbers() {
    Ids one = new Ids(42L);
    Ids two = new Ids(42L);
    for (int i = 0; i < 100; i++) {
      assertThat(one.next(MOMENT)).isEqualTo(two.next(MOMENT));
      assertThat(one.nextDouble()).isEqualTo(two.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
    }
  }

  @Test
  void without_a_seed_two_engines_differ() {
    assertThat(new Ids(null).next(MOMENT)).isNotEqualTo(new Ids(null).next(MOMENT));
  }

  @Test
  void many_threads_get_no_id_twice() throws Exception {
    Ids ids = new Ids(7L);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> task =
          () -> {
            List<String> mine = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
              mine.add(ids.next(MOMENT));
            }
            return mine;
          };
      Set<String> all = new HashSet<>();
      for (Future<List<String>> one : pool.invokeAll(List.of(task, task, task, task))) {
        all.addAll(one.get());
      }
      assertThat(all).hasSize(80_000);
    } finally {
      pool.shutdownNow();
    }
  }
}
