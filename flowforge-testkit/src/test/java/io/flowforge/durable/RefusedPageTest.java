package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.StoreException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages that a store will never take, as a database refuses a character. */
class RefusedPageTest {
  private static final Flow TWO =
      Flow.parse(
          """
          {"id": "two", "nodes": [
            {"id": "first", "type": "effect", "config": {"value": "a"}},
            {"id": "second", "type": "effect", "config": {"value": "${inputs.text}"}}],
           "edges": [{"from": "first", "to": "second"}], "outputs": {"did": "${second.output.did}"}}
          """);

  private final World world = new World();
  private final World.Member member = world.member();

  @AfterEach
  void close() {
    world.close();
  }

  private Execution start(String id, String text) {
    return member.forge.start(TWO, Map.of("text", text), StartOptions.DEFAULT.withExecutionId(id));
  }

  private ExecutionRecord head(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void the_execution_is_parked_and_goes_on_once_the_store_takes_them() {
    Execution good = start("good", "fine");
    member.store.refusePages("\"did\":\"odd\"");
    Execution odd = start("odd", "odd");
    Execution late = start("late", "fine");
    world.time.settle();
    assertThat(good.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(late.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(odd.status()).isEqualTo(ExecutionStatus.PARKED);
    assertThat(head("odd").reason()).isEqualTo("PAGE_REFUSED");
    assertThat(head("odd").worker()).isNull();
    member.store.refusePages(null);
    odd.resume();
    world.time.settle();
    assertThat(odd.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(odd.snapshot().outputs()).isEqualTo(Map.of("did", "odd"));
    // Its effect was done before the page about it was refused.
    assertThat(world.effects.byKey().values())
        .extracting(List::size)
        .containsExactlyInAnyOrder(1, 1, 1, 2, 1, 1);
  }

  @Test
  void a_start_that_is_refused_for_good_says_so_and_leaves_nothing() {
    member.store.refusePages("\"new\"");
    assertThatThrownBy(() -> start("x", "fine"))
        .isInstanceOfSatisfying(
            StoreException.class, told -> assertThat(told.code()).isEqualTo("FF-STORE-ANSWER"));
    assertThat(member.forge.execution("x")).isEmpty();
    member.store.refusePages(null);
    Execution again = start("x", "fine");
    world.time.settle();
    assertThat(again.status()).isEqualTo(ExecutionStatus.COMPLETED);
  }
}
