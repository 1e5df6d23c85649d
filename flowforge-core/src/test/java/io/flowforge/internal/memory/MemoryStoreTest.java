package io.flowforge.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is special about the memory store; the testkit proves it by the store kit besides. */
final class MemoryStoreTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final MemoryStore store = new MemoryStore(clock::get);

  @BeforeEach
  void enlist() {
    done(store.enlist("w", LEASE));
  }

  @Test
  void promises_nothing_beyond_the_process() {
    assertThat(store.open().durability()).isEqualTo(Durability.NONE);
    assertThat(store.open().shared()).isTrue();
  }

  @Test
  void closing_leaves_the_data_and_the_listeners() {
    AtomicInteger told = new AtomicInteger();
    store.onWake(told::incrementAndGet);
    create("e");
    store.close();
    assertThat(done(store.send("e", message("m")))).isEqualTo(Message.Receipt.STORED);
    assertThat(told).hasValue(1);
  }

  @Test
  void a_handle_sees_the_same_data_until_it_is_closed() {
    FlowStore handle = store.handle();
    create("e");
    assertThat(done(handle.find("e"))).isPresent();
    handle.close();
    handle.close();
    assertThatThrownBy(() -> done(handle.find("e")))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(handle::open).isInstanceOf(StoreException.class);
    assertThat(done(store.find("e"))).isPresent();
  }

  @Test
  void the_listeners_of_a_closed_handle_are_told_no_more() {
    AtomicInteger one = new AtomicInteger();
    AtomicInteger other = new AtomicInteger();
    FlowStore handle = store.handle();
    handle.onWake(one::incrementAndGet);
    store.handle().onWake(other::incrementAndGet);
    create("e");
    done(store.send("e", message("m")));
    handle.close();
    done(store.send("e", message("n")));
    assertThat(one).hasValue(1);
    assertThat(other).hasValue(2);
  }

  @Test
  void a_listener_may_call_the_store_and_may_fail() {
    AtomicInteger seen = new AtomicInteger();
    store.onWake(
        () -> {
          seen.set(done(store.inbox("w", 9)).size());
          throw new IllegalStateException("listeners are foreign code");
        });
    create("e");
    assertThat(done(store.send("e", message("m")))).isEqualTo(Message.Receipt.STORED);
    assertThat(seen).hasValue(1);
  }

  @Test
  void a_gap_between_pages_refuses_the_whole_call() {
    create("e");
    create("f");
    List<Commit> steps =
        List.of(Commit.page("e", "w", 1, 2, "{}"), Commit.page("f", "w", 1, 3, ""));
    assertThatThrownBy(() -> done(store.commit(steps)))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("page 3 cannot follow page 1");
    assertThat(head("e").position()).isEqualTo(1);
  }

  @Test
  void two_steps_of_one_execution_refuse_the_whole_call() {
    create("e");
    List<Commit> steps =
        List.of(Commit.page("e", "w", 1, 2, "{}"), Commit.page("e", "w", 1, 3, ""));
    assertThatThrownBy(() -> done(store.commit(steps))).hasCauseInstanceOf(StoreException.class);
    assertThat(head("e").position()).isEqualTo(1);
  }

  @Test
  void a_lease_ends_at_its_last_microsecond() {
    create("e");
    clock.addAndGet(LEASE.toNanos() / 1000 - 1);
    assertThat(commit(Commit.page("e", "w", 1, 2, "{}"))).isEqualTo(Commit.Result.APPLIED);
    clock.incrementAndGet();
    assertThat(commit(Commit.page("e", "w", 1, 3, "{}"))).isEqualTo(Commit.Result.FENCED);
  }

  @Test
  void a_kept_event_wakes_the_execution_that_is_released_in_the_same_step() {
    create("e");
    done(store.publish(new PublishedEvent("p", "paid", "7", "{}", clock.get() + 1000)));
    Commit page = Commit.page("e", "w", 1, 2, "{}");
    Commit step =
        new Commit(
            page.executionId(),
            page.worker(),
            page.epoch(),
            page.position(),
            page.page(),
            null,
            HeadChange.released(ExecutionStatus.WAITING, null, 0),
            List.of(),
            List.of(new EventWait("paid", "7", "wait")),
            List.of(),
            List.of(),
            0);
    assertThat(commit(step)).isEqualTo(Commit.Result.APPLIED);
    assertThat(done(store.claim("w", 1))).extracting(ExecutionRecord::id).containsExactly("e");
    assertThat(done(store.inbox("w", 1)))
        .extracting(ReceivedMessage::message)
        .extracting(Message::name)
        .containsExactly("wait");
  }

  @Test
  void ids_are_ordered_by_code_points() {
    List<String> ordered = List.of("", "A", "a", "aa", "\u00e4", "\uffee", "\ud83d\ude00");
    for (int i = 0; i < ordered.size(); i++) {
      for (int k = 0; k < ordered.size(); k++) {
        assertThat(Integer.signum(CodePointOrder.compare(ordered.get(i), ordered.get(k))))
            .isEqualTo(Integer.compare(i, k));
      }
    }
  }

  @Test
  void lists_the_newest_first() {
    create("a");
    clock.incrementAndGet();
    create("c");
    create("b");
    assertThat(done(store.list(ExecutionQuery.NEWEST)))
        .extracting(ExecutionRecord::id)
        .containsExactly("c", "b", "a");
  }

  private void create(String id) {
    NewExecution created =
        new NewExecution(id, "flow", "hash", "", Map.of(), "{}", clock.get(), "w");
    assertThat(commit(Commit.create(created, "{}"))).isEqualTo(Commit.Result.APPLIED);
  }

  private Commit.Result commit(Commit step) {
    return done(store.commit(List.of(step))).get(0);
  }

  private ExecutionRecord head(String id) {
    return done(store.find(id)).orElseThrow();
  }

  private static Message message(String id) {
    return new Message(id, Message.Kind.SIGNAL, "", "{}");
  }

  private static <T> T done(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }
}
