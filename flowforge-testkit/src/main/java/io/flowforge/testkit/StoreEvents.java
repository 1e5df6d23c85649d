package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: events and those that wait for them. */
abstract class StoreEvents extends StoreInboxes {
  private static final long KEPT = 3_600_000_000L;

  final PublishedEvent event(String name, String correlation, String payload) {
    return new PublishedEvent(name("id"), name, correlation, payload, now() + KEPT);
  }

  final int publish(String name, String correlation, String payload) {
    return get(store().publish(event(name, correlation, payload)));
  }

  /** An execution with a node run that waits. */
  private ExecutionRecord waiting(EventWait wait) {
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).await(wait));
    return head(head.id());
  }

  /** Payloads of the events that came to an execution. */
  private List<String> events(String id) {
    return whole(id).unread().stream().map(one -> one.message().payload()).toList();
  }

  @Test
  void an_event_comes_to_the_one_that_waits() {
    String name = name("paid");
    ExecutionRecord head = waiting(new EventWait(name, "order-7", "pay[2]"));
    assertThat(publish(name, "order-7", "{\"sum\":9}")).isEqualTo(1);
    List<ReceivedMessage> unread = whole(head.id()).unread();
    assertThat(unread).hasSize(1);
    assertThat(unread.get(0).number()).isEqualTo(1);
    Message message = unread.get(0).message();
    assertThat(message.kind()).isEqualTo(Message.Kind.EVENT);
    assertThat(message.name()).isEqualTo("pay[2]");
    assertThat(message.payload()).isEqualTo("{\"sum\":9}");
    assertThat(head(head.id()).inbox()).isEqualTo(1);
  }

  @Test
  void an_event_ends_the_wait() {
    String name = name("paid");
    ExecutionRecord head = waiting(new EventWait(name, "", "pay"));
    assertThat(publish(name, "", "1")).isEqualTo(1);
    assertThat(publish(name, "", "2")).isZero();
    assertThat(events(head.id())).containsExactly("1");
  }

  @Test
  void an_event_comes_to_all_that_wait() {
    String name = name("paid");
    ExecutionRecord one = waiting(new EventWait(name, "7", "a"));
    applied(Draft.after(one).await(new EventWait(name, "7", "b")));
    ExecutionRecord other = waiting(new EventWait(name, "7", "a"));
    assertThat(publish(name, "7", "{}")).isEqualTo(3);
    assertThat(whole(one.id()).unread())
        .extracting(found -> found.message().name())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(events(other.id())).containsExactly("{}");
  }

  @Test
  void an_event_that_came_first_is_kept_for_one() {
    String name = name("paid");
    assertThat(publish(name, "7", "{\"early\":true}")).isZero();
    ExecutionRecord one = waiting(new EventWait(name, "7", "pay"));
    ExecutionRecord other = waiting(new EventWait(name, "7", "pay"));
    assertThat(events(one.id())).containsExactly("{\"early\":true}");
    assertThat(whole(one.id()).unread().get(0).message().name()).isEqualTo("pay");
    assertThat(whole(one.id()).unread().get(0).message().kind()).isEqualTo(Message.Kind.EVENT);
    assertThat(events(other.id())).isEmpty();
    assertThat(publish(name, "7", "{}")).as("the second still waits").isEqualTo(1);
    assertThat(events(one.id())).hasSize(1);
  }

  @Test
  void kept_events_are_taken_in_the_order_they_came() {
    String name = name("paid");
    for (String payload : List.of("1", "2", "3")) {
      publish(name, "", payload);
      passTime(Duration.ofMillis(1));
    }
    ExecutionRecord head = created(worker());
    for (String path : List.of("a", "b", "c")) {
      applied(Draft.after(head(head.id())).await(new EventWait(name, "", path)));
    }
    assertThat(events(head.id())).containsExactly("1", "2", "3");
  }

  @Test
  void one_step_may_wait_for_what_is_kept_and_for_what_is_not() {
    String kept = name("kept");
    String missing = name("missing");
    publish(kept, "", "1");
    ExecutionRecord head = created(worker());
    applied(
        Draft.after(head)
            .await(new EventWait(kept, "", "a"))
            .await(new EventWait(kept, "", "b"))
            .await(new EventWait(missing, "", "c")));
    assertThat(events(head.id())).containsExactly("1");
    assertThat(publish(missing, "", "2")).isEqualTo(1);
    assertThat(publish(kept, "", "3")).isEqualTo(1);
    assertThat(events(head.id())).containsExactly("1", "2", "3");
  }

  @Test
  void names_and_correlations_must_match() {
    String name = name("paid");
    ExecutionRecord seven = waiting(new EventWait(name, "7", "pay"));
    ExecutionRecord any = waiting(new EventWait(name, "", "pay"));
    assertThat(publish(name, "8", "8")).isZero();
    assertThat(publish(name + "x", "7", "x")).isZero();
    assertThat(publish(name, "", "none")).isEqualTo(1);
    assertThat(publish(name, "7", "7")).isEqualTo(1);
    assertThat(events(seven.id())).containsExactly("7");
    assertThat(events(any.id())).containsExactly("none");
  }

  @Test
  void kept_events_wait_for_their_own_correlation() {
    String name = name("paid");
    publish(name, "7", "7");
    assertThat(events(waiting(new EventWait(name, "8", "pay")).id())).isEmpty();
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).isEmpty();
    assertThat(events(waiting(new EventWait(name, "7", "pay")).id())).containsExactly("7");
  }

  @Test
  void an_event_is_kept_until_its_time() {
    String name = name("paid");
    PublishedEvent brief = new PublishedEvent(name("id"), name, "", "{}", now() + 1_000);
    assertThat(get(store().publish(brief))).isZero();
    passTime(Duration.ofMillis(2));
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).isEmpty();
    assertThat(get(store().publish(brief))).as("its id is forgotten too").isEqualTo(1);
  }

  @Test
  void publishing_twice_counts_once() {
    String name = name("paid");
    ExecutionRecord one = waiting(new EventWait(name, "", "pay"));
    PublishedEvent event = event(name, "", "1");
    assertThat(get(store().publish(event))).isEqualTo(1);
    ExecutionRecord other = waiting(new EventWait(name, "", "pay"));
    assertThat(get(store().publish(event))).isEqualTo(1);
    assertThat(events(one.id())).containsExactly("1");
    assertThat(events(other.id())).isEmpty();
  }

  @Test
  void publishing_twice_keeps_one() {
    String name = name("paid");
    PublishedEvent event = event(name, "", "1");
    assertThat(get(store().publish(event))).isZero();
    assertThat(get(store().publish(event))).isZero();
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).containsExactly("1");
    assertThat(get(store().publish(event))).isZero();
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).isEmpty();
  }

  @Test
  void an_event_comes_no_more_to_one_that_has_stopped_waiting() {
    String name = name("paid");
    EventWait stopped = new EventWait(name, "", "a");
    ExecutionRecord head = waiting(stopped);
    applied(Draft.after(head).await(new EventWait(name, "", "b")).forget(stopped));
    applied(Draft.after(head(head.id())).forget(new EventWait(name, "x", "b")).forget(stopped));
    assertThat(publish(name, "", "{}")).isEqualTo(1);
    assertThat(whole(head.id()).unread())
        .extracting(found -> found.message().name())
        .containsExactly("b");
  }

  @Test
  void waiting_twice_counts_once() {
    String name = name("paid");
    EventWait wait = new EventWait(name, "", "pay");
    ExecutionRecord head = waiting(wait);
    applied(Draft.after(head).await(wait));
    assertThat(publish(name, "", "{}")).isEqualTo(1);
    assertThat(events(head.id())).hasSize(1);
  }

  @Test
  void one_node_run_may_wait_again() {
    String name = name("paid");
    EventWait wait = new EventWait(name, "", "pay");
    ExecutionRecord head = waiting(wait);
    publish(name, "", "1");
    applied(Draft.after(head).await(wait));
    assertThat(publish(name, "", "2")).isEqualTo(1);
    assertThat(events(head.id())).containsExactly("1", "2");
  }

  @Test
  void a_step_that_is_applied_again_does_not_wait_again() {
    String name = name("paid");
    ExecutionRecord head = created(worker());
    Draft step = Draft.after(head).await(new EventWait(name, "", "pay"));
    applied(step);
    publish(name, "", "1");
    applied(step);
    assertThat(publish(name, "", "2")).isZero();
    assertThat(events(head.id())).containsExactly("1");
  }

  @Test
  void an_execution_may_wait_from_its_first_step() {
    String name = name("paid");
    ExecutionRecord parent = created(worker());
    String id = name("execution");
    applied(
        Draft.creating(execution(id, parent.worker()))
            .await(new EventWait(name, "", "pay"))
            .change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    assertThat(publish(name, "", "1")).isEqualTo(1);
    assertThat(claimable(id)).isTrue();
  }

  @Test
  void an_event_wakes_the_waiting_and_not_the_parked() {
    String name = name("paid");
    ExecutionRecord waiting = waiting(new EventWait(name, "", "pay"));
    applied(Draft.after(waiting).change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    ExecutionRecord parked = waiting(new EventWait(name, "", "pay"));
    applied(Draft.after(parked).change(HeadChange.released(ExecutionStatus.PARKED, "X", 0)));
    assertThat(publish(name, "", "{}")).isEqualTo(2);
    assertThat(claimAllIds(worker())).containsExactly(waiting.id());
    assertThat(events(parked.id())).containsExactly("{}");
  }

  @Test
  void a_kept_event_wakes_whoever_begins_to_wait_and_leaves() {
    String name = name("paid");
    publish(name, "", "1");
    ExecutionRecord head = created(worker());
    applied(
        Draft.after(head)
            .await(new EventWait(name, "", "pay"))
            .change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    assertThat(claimable(head.id())).isTrue();
    assertThat(events(head.id())).containsExactly("1");
  }

  @Test
  void waits_survive_a_change_of_the_owner() {
    String name = name("paid");
    ExecutionRecord head = waiting(new EventWait(name, "", "pay"));
    die(String.valueOf(head.worker()));
    claim(worker(), head.id());
    assertThat(publish(name, "", "1")).isEqualTo(1);
    assertThat(events(head.id())).containsExactly("1");
  }

  @Test
  void the_ended_wait_for_nothing() {
    String name = name("paid");
    ExecutionRecord head = waiting(new EventWait(name, "", "pay"));
    applied(Draft.after(head).change(HeadChange.ended(ExecutionStatus.FAILED, "X", 2_000_000)));
    assertThat(publish(name, "", "1")).isZero();
    assertThat(events(head.id())).isEmpty();
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).containsExactly("1");
  }

  @Test
  void a_step_that_ends_begins_no_wait() {
    String name = name("paid");
    HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).await(new EventWait(name, "", "pay")).change(end));
    assertThat(publish(name, "", "1")).isZero();
    ExecutionRecord late = created(worker());
    applied(Draft.after(late).await(new EventWait(name, "", "pay")).change(end));
    assertThat(head(late.id()).inbox()).isZero();
    assertThat(events(waiting(new EventWait(name, "", "pay")).id())).containsExactly("1");
  }
}
