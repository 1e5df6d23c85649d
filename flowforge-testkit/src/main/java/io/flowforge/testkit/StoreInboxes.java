package io.flowforge.testkit;

import static io.flowforge.spi.store.Message.Receipt.DUPLICATE;
import static io.flowforge.spi.store.Message.Receipt.FINAL;
import static io.flowforge.spi.store.Message.Receipt.STORED;
import static io.flowforge.spi.store.Message.Receipt.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: messages to executions. */
abstract class StoreInboxes extends StoreFencing {
  private static final HeadChange RELEASE = HeadChange.released(ExecutionStatus.WAITING, null, 0);
  private static final HeadChange END =
      HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);

  @Test
  void messages_are_numbered_in_order_of_arrival() {
    String id = created(worker()).id();
    List<ReceivedMessage> expected = new ArrayList<>();
    for (Message.Kind kind : Message.Kind.values()) {
      Message message =
          new Message(name("message"), kind, "node[2]", "{\"kind\":\"" + kind + "\"}");
      assertThat(get(store().send(id, message))).isEqualTo(STORED);
      expected.add(new ReceivedMessage(id, expected.size() + 1, message));
    }
    assertThat(whole(id).unread()).isEqualTo(expected);
    assertThat(head(id).inbox()).isEqualTo(expected.size());
  }

  @Test
  void a_step_that_parks_is_written_and_the_messages_stay() {
    ExecutionRecord head = created(worker());
    send(head.id(), "a");
    applied(Draft.after(head).change(HeadChange.released(ExecutionStatus.PARKED, "X", 0)));
    assertThat(head(head.id()).status()).isEqualTo(ExecutionStatus.PARKED);
    assertThat(unread(head.id())).containsExactly("a");
  }

  @Test
  void a_message_comes_once() {
    String id = created(worker()).id();
    assertThat(send(id, "a")).isEqualTo(STORED);
    assertThat(send(id, "b")).isEqualTo(STORED);
    assertThat(send(id, "a")).isEqualTo(DUPLICATE);
    assertThat(head(id).inbox()).isEqualTo(2);
    assertThat(unread(id)).containsExactly("a", "b");
  }

  @Test
  void a_message_comes_once_even_after_it_was_read() {
    ExecutionRecord head = created(worker());
    send(head.id(), "a");
    applied(Draft.after(head).readUpTo(1));
    assertThat(send(head.id(), "a")).isEqualTo(DUPLICATE);
    assertThat(unread(head.id())).isEmpty();
    send(head.id(), "b");
    assertThat(whole(head.id()).unread()).extracting(ReceivedMessage::number).containsExactly(2L);
  }

  @Test
  void a_message_of_a_step_comes_once() {
    String worker = worker();
    ExecutionRecord sender = created(worker);
    String id = created(worker).id();
    send(id, "a");
    applied(Draft.after(sender).tell(id, message("a")).tell(id, message("b")));
    assertThat(unread(id)).containsExactly("a", "b");
    assertThat(send(id, "b")).isEqualTo(DUPLICATE);
  }

  @Test
  void one_id_serves_many_executions() {
    String worker = worker();
    String one = created(worker).id();
    String other = created(worker).id();
    assertThat(send(one, "a")).isEqualTo(STORED);
    assertThat(send(other, "a")).isEqualTo(STORED);
  }

  @Test
  void the_sender_hears_when_there_is_no_receiver() {
    assertThat(send(name("nobody"), "a")).isEqualTo(UNKNOWN);
    ExecutionRecord ended = ended(worker());
    assertThat(send(ended.id(), "a")).isEqualTo(FINAL);
    assertThat(head(ended.id())).isEqualTo(ended);
  }

  @Test
  void what_is_read_is_gone_and_the_rest_stays() {
    ExecutionRecord head = created(worker());
    for (String message : List.of("a", "b", "c")) {
      send(head.id(), message);
    }
    applied(Draft.after(head).readUpTo(2));
    assertThat(unread(head.id())).containsExactly("c");
    assertThat(get(store().inbox(String.valueOf(head.worker()), 10)))
        .extracting(ReceivedMessage::number)
        .containsExactly(3L);
  }

  @Test
  void nobody_leaves_with_unread_messages() {
    ExecutionRecord head = created(worker());
    send(head.id(), "a");
    send(head.id(), "b");
    for (HeadChange change : List.of(RELEASE, END)) {
      assertThat(commit(Draft.after(head).change(change))).isEqualTo(Commit.Result.UNREAD);
      assertThat(commit(Draft.after(head).change(change).readUpTo(1)))
          .isEqualTo(Commit.Result.UNREAD);
    }
    assertThat(unread(head.id())).containsExactly("a", "b");
    assertThat(head(head.id()).position()).isEqualTo(1);
    applied(Draft.after(head).change(END).readUpTo(2));
  }

  @Test
  void what_was_read_before_does_not_keep_anybody() {
    ExecutionRecord head = created(worker());
    send(head.id(), "a");
    applied(Draft.after(head).readUpTo(1));
    applied(Draft.after(head(head.id())).change(RELEASE));
    assertThat(head(head.id()).worker()).isNull();
  }

  @Test
  void who_stays_may_leave_messages_unread() {
    ExecutionRecord head = created(worker());
    send(head.id(), "a");
    applied(Draft.after(head));
    applied(Draft.after(head(head.id())).change(HeadChange.to(ExecutionStatus.PAUSED, true)));
    assertThat(unread(head.id())).containsExactly("a");
  }

  @Test
  void a_worker_gets_the_mail_of_what_it_owns() {
    String worker = worker();
    String one = created(worker).id();
    String other = created(worker).id();
    String foreign = created(worker()).id();
    for (String message : List.of("a", "b", "c")) {
      List.of(one, other, foreign).forEach(id -> send(id, message));
    }
    List<ReceivedMessage> mail = get(store().inbox(worker, 100));
    assertThat(mail).hasSize(6).extracting(ReceivedMessage::executionId).containsOnly(one, other);
    for (String id : List.of(one, other)) {
      assertThat(mail)
          .filteredOn(found -> found.executionId().equals(id))
          .isEqualTo(whole(id).unread());
    }
    assertThat(get(store().inbox(worker, 4))).hasSize(4);
  }

  @Test
  void a_message_wakes_what_nobody_owns() {
    String worker = worker();
    ExecutionRecord waiting = released(worker, ExecutionStatus.WAITING, 0);
    ExecutionRecord later = released(worker, ExecutionStatus.PAUSED, now() + 3_600_000_000L);
    send(waiting.id(), "a");
    send(later.id(), "a");
    assertThat(head(waiting.id()).claimAtMicros()).isPositive();
    assertThat(claimAllIds(worker)).containsExactlyInAnyOrder(waiting.id(), later.id());
    assertThat(get(store().inbox(worker, 10))).hasSize(2);
  }

  @Test
  void a_message_does_not_put_off_what_is_due() {
    String worker = worker();
    ExecutionRecord due = released(worker, ExecutionStatus.WAITING, 5);
    send(due.id(), "a");
    assertThat(claimAllIds(worker)).containsExactly(due.id());
  }

  @Test
  void a_message_does_not_wake_the_parked() {
    String worker = worker();
    ExecutionRecord parked = released(worker, ExecutionStatus.PARKED, 0);
    assertThat(send(parked.id(), "a")).isEqualTo(STORED);
    assertThat(claimAllIds(worker)).isEmpty();
    claim(worker, parked.id());
    assertThat(unread(parked.id())).containsExactly("a");
  }

  @Test
  void a_message_of_a_step_wakes_the_receiver() {
    String worker = worker();
    ExecutionRecord waiting = released(worker, ExecutionStatus.WAITING, 0);
    applied(Draft.after(created(worker)).tell(waiting.id(), message("a")));
    assertThat(claimAllIds(worker)).containsExactly(waiting.id());
  }

  @Test
  void messages_survive_a_change_of_the_owner() {
    String dead = worker();
    ExecutionRecord head = created(dead);
    send(head.id(), "a");
    die(dead);
    send(head.id(), "b");
    ExecutionRecord mine = claim(worker(), head.id());
    send(head.id(), "c");
    assertThat(unread(head.id())).containsExactly("a", "b", "c");
    assertThat(get(store().inbox(String.valueOf(mine.worker()), 10))).hasSize(3);
    applied(Draft.after(mine).change(END).readUpTo(3));
  }

  @Test
  void numbers_have_no_gaps_with_many_senders() throws Exception {
    String id = created(worker()).id();
    List<Callable<List<Message.Receipt>>> senders = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FlowStore handle = another();
      // Every other thread sends what its neighbour sends.
      String own = "sender-" + i / 2 + "-";
      senders.add(() -> sendMany(handle, id, own));
    }
    List<Message.Receipt> receipts = Together.run(senders).stream().flatMap(List::stream).toList();
    assertThat(receipts).containsOnly(STORED, DUPLICATE);
    assertThat(receipts).filteredOn(STORED::equals).hasSize(60);
    assertThat(whole(id).unread())
        .extracting(ReceivedMessage::number)
        .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
    assertThat(head(id).inbox()).isEqualTo(60);
  }

  private List<Message.Receipt> sendMany(FlowStore handle, String id, String own) {
    List<Message.Receipt> receipts = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      receipts.add(get(handle.send(id, message(own + k))));
    }
    return receipts;
  }
}
