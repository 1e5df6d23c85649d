package io.flowforge.internal.engine;

import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Takes executions up whose owners have died twice or more without progress: behind all others, one
 * after the other with pauses, and in another order each time.
 *
 * <p>One of them may kill the process at once. Those that were taken up with it would then count
 * one more takeover without progress, and be parked with it in the end; so each gets its turn to go
 * on before that one has its own.
 */
final class Suspects {
  private static final int DEATHS = 2;
  private static final long APART_MICROS = 250_000;

  /** The last one waits no longer than this. */
  private static final long ALL_MICROS = 5_000_000;

  private final TimeSource time;
  private final Drivers drivers;
  private final DoubleSupplier random;

  Suspects(TimeSource time, Drivers drivers, DoubleSupplier random) {
    this.time = time;
    this.drivers = drivers;
    this.random = random;
  }

  /** Has all of them taken up, each on a thread of the engine. */
  void takeUp(List<StoredExecution> found, Consumer<StoredExecution> take) {
    List<StoredExecution> suspects = new ArrayList<>();
    for (StoredExecution one : found) {
      if (one.head().recoveries() < DEATHS) {
        drivers.dispatch(() -> take.accept(one));
      } else {
        suspects.add((int) (random.getAsDouble() * (suspects.size() + 1)), one);
      }
    }
    long apart = Math.min(APART_MICROS, ALL_MICROS / Math.max(1, suspects.size()));
    long due = time.epochMicros() + (suspects.size() < found.size() ? apart : 0);
    for (StoredExecution one : suspects) {
      if (due <= time.epochMicros()) {
        drivers.dispatch(() -> take.accept(one));
      } else {
        time.schedule(due, () -> drivers.dispatch(() -> take.accept(one)));
      }
      due += apart;
    }
  }
}
