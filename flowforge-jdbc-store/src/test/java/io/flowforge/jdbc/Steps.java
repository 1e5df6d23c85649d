package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.NewExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls that most tests begin with. */
public final class Steps {
  /** Longer than any test. */
  public static final Duration LEASE = Duration.ofHours(1);

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(5);

  private Steps() {}

  /** The answer of a call. */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** A new worker. */
  public static String worker(JdbcStore store) {
    String worker = "worker-" + UUID.randomUUID();
    get(store.enlist(worker, LEASE));
    return worker;
  }

  /** A new execution, not stored yet. */
  public static NewExecution execution(String worker) {
    String id = "execution-" + UUID.randomUUID();
    return new NewExecution(id, "flow", "hash", "", Map.of("a", "b"), "{}", 1_000_000, worker);
  }

  /** A stored execution with one page. */
  public static String created(JdbcStore store, String worker) {
    NewExecution created = execution(worker);
    assertThat(get(store.commit(List.of(Commit.create(created, "\"1\"")))))
        .containsExactly(Commit.Result.APPLIED);
    return created.id();
  }

  /** Its head. */
  public static ExecutionRecord head(JdbcStore store, String id) {
    return get(store.find(id)).orElseThrow();
  }

  /** Its pages. */
  public static List<String> pages(JdbcStore store, String id) {
    return get(store.load(List.of(id))).get(0).pages();
  }

  /** Waits until something is so; fails after a minute. */
  public static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in a minute").isLessThan(end);
      LockSupport.parkNanos(POLL);
    }
  }
}
