package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.FlowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: random histories, call by call beside the memory store. */
abstract class StoreHistories extends StoreRaces {
  private static final int CALLS = 100;

  abstract int histories();

  @Test
  void random_histories_go_as_in_the_model() {
    AtomicLong clock = new AtomicLong(1_000_000);
    FlowStore model = new MemoryStore(clock::get);
    for (long seed = 1; seed <= histories(); seed++) {
      compare(seed, model, clock);
    }
  }

  private void compare(long seed, FlowStore model, AtomicLong clock) {
    String mark = name("h");
    StoreHistory real = new StoreHistory(store(), seed, mark, this::passTime);
    StoreHistory ideal =
        new StoreHistory(model, seed, mark, time -> clock.addAndGet(time.toNanos() / 1000));
    List<String> told = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      StoreHistory.Step expected = ideal.next();
      StoreHistory.Step found = real.next();
      told.add(expected.call() + " -> " + found.outcome());
      assertThat(found)
          .as("seed %d, call %d of%n%s", seed, i, String.join("\n", told))
          .isEqualTo(expected);
    }
    assertThat(real.state()).as("state after seed %d", seed).isEqualTo(ideal.state());
  }
}
