package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.FlowForge;
import io.flowforge.Retention;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ended executions that are deleted in the background. */
class RetentionTest {
  private static final Flow ENDS =
      Flow.parse("{\"id\": \"ends\", \"nodes\": [{\"id\": \"a\", \"type\": \"echo\"}]}");
  private static final Flow FAILS =
      Flow.parse("{\"id\": \"fails\", \"nodes\": [{\"id\": \"a\", \"type\": \"fail\"}]}");
  private static final Retention SHORT =
      Retention.of(ExecutionStatus.COMPLETED, Duration.ofMinutes(10))
          .with(ExecutionStatus.FAILED, Duration.ofHours(1));

  private final ManualTime time = ManualTime.create();
  private final MemoryStore store = new MemoryStore(time::epochMicros);
  private final FlowForge first = engine(1);
  private final FlowForge second = engine(2);

  private FlowForge engine(long seed) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .time(new OpenTime(time))
        .executor(time.executor())
        .store(store.handle())
        .requireDurability(Durability.NONE)
        .retention(SHORT)
        .seed(seed)
        .build();
  }

  /** Time that goes on when an engine is closed. */
  private record OpenTime(TimeSource world) implements TimeSource {
    @Override
    public long epochMicros() {
      return world.epochMicros();
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      return world.schedule(dueMicros, task);
    }

    @Override
    public void close() {
      // It is the other engine's as well.
    }
  }

  @AfterEach
  void close() {
    first.close(Duration.ZERO);
    second.close(Duration.ZERO);
  }

  private void pass(long minutes) {
    for (int i = 0; i < 6 * minutes; i++) {
      time.advance(Duration.ofSeconds(10));
    }
  }

  private static long deleted(FlowForge forge) {
    return (Long) forge.health().facts().get("retentionDeleted");
  }

  @Test
  void each_status_has_its_age_and_one_engine_deletes() {
    for (int i = 0; i < 3; i++) {
      first.start(ENDS, Map.of(), StartOptions.DEFAULT.withExecutionId("c" + i));
    }
    first.start(FAILS, Map.of(), StartOptions.DEFAULT.withExecutionId("f"));
    pass(5);
    assertThat(first.operations().list(ExecutionQuery.NEWEST)).hasSize(4);
    pass(10);
    assertThat(first.operations().list(ExecutionQuery.NEWEST))
        .extracting(ExecutionRecord::id)
        .containsExactly("f");
    pass(60);
    assertThat(first.operations().list(ExecutionQuery.NEWEST)).isEmpty();
    assertThat(deleted(first) + deleted(second)).isEqualTo(4);
    assertThat(Math.min(deleted(first), deleted(second))).isZero();
  }

  @Test
  void another_engine_goes_on_when_the_one_that_deleted_is_gone() {
    pass(5);
    first.close(Duration.ZERO);
    second.start(ENDS, Map.of());
    pass(20);
    assertThat(second.operations().list(ExecutionQuery.NEWEST)).isEmpty();
    assertThat(deleted(second)).isEqualTo(1);
  }

  @Test
  void more_than_one_turn_may_delete_is_deleted_in_several() {
    for (int i = 0; i < 5600; i++) {
      first.start(ENDS, Map.of());
    }
    pass(15);
    assertThat(first.operations().list(ExecutionQuery.NEWEST)).isEmpty();
    assertThat(deleted(first) + deleted(second)).isEqualTo(5600);
  }

  @Test
  void that_a_failure_was_dealt_with_is_forgotten_with_it() {
    first.start(FAILS, Map.of(), StartOptions.DEFAULT.withExecutionId("f"));
    pass(1);
    first.operations().discard("f", "known");
    assertThat(first.operations().deadLetters(ExecutionQuery.NEWEST)).isEmpty();
    pass(70);
    assertThat(store.scan("dead-letter", "", "", 10).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void only_final_statuses_have_an_age() {
    assertThatThrownBy(() -> Retention.of(ExecutionStatus.PARKED, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SHORT.withInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
