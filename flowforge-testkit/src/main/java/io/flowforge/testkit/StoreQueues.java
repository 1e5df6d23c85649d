package io.flowforge.testkit;

import static io.flowforge.spi.store.QueuePlace.WhenFull.DISPLACE;
import static io.flowforge.spi.store.QueuePlace.WhenFull.REFUSE;
import static io.flowforge.spi.store.QueuePlace.WhenFull.WAIT;
import static io.flowforge.spi.store.QueuePlace.WhenFull.WAIT_ALONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: executions that wait in queues. */
abstract class StoreQueues extends StoreCache {
  private static final int RACERS = 8;
  private static final int ROUND = 5;
  private static final long SHORT_MICROS = 40_000;
  private static final long HOUR = 3_600_000_000L;

  private static QueuePlace place(String queue, int limit) {
    return new QueuePlace(queue, limit, WAIT, 0, 0);
  }

  private static QueuePlace place(String queue, QueuePlace.WhenFull whenFull) {
    return new QueuePlace(queue, 1, whenFull, 0, 0);
  }

  /** A new execution in a queue; gives its id. */
  private String queued(String worker, QueuePlace place) {
    NewExecution created = execution(name("execution"), worker).withPlace(place);
    assertThat(create(store(), created)).isEqualTo(Commit.Result.APPLIED);
    return created.id();
  }

  private Commit.Result create(FlowStore store, NewExecution created) {
    Commit step =
        Commit.create(created, "\"first\"")
            .with(HeadChange.released(ExecutionStatus.PENDING, null, 1));
    return get(store.commit(List.of(step))).get(0);
  }

  private void end(ExecutionRecord owned) {
    long read = head(owned.id()).inbox();
    HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
    applied(Draft.after(owned).change(end).readUpTo(read));
  }

  private List<Message> unreadOf(String id) {
    return whole(id).unread().stream().map(ReceivedMessage::message).toList();
  }

  private Message cancel() {
    return new Message(name("message"), Message.Kind.CANCEL, "", "\"enough\"");
  }

  @Test
  void as_many_of_a_queue_are_admitted_as_its_limit_says() {
    String worker = worker();
    String queue = name("queue");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(queued(worker, place(queue, 2)));
    }
    String other = queued(worker, place(name("queue"), 1));
    assertThat(head(ids.get(0)).worker()).isNull();
    assertThat(head(ids.get(4)).claimAtMicros()).isZero();
    assertThat(claimAllIds(worker)).containsExactlyInAnyOrder(ids.get(0), ids.get(1), other);
  }

  @Test
  void the_end_of_one_admits_the_next_in_the_order_of_acceptance() {
    String worker = worker();
    String queue = name("queue");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(queued(worker, place(queue, 1)));
    }
    for (String id : ids) {
      List<ExecutionRecord> claimed = claimAll(worker);
      assertThat(claimed).extracting(ExecutionRecord::id).containsExactly(id);
      assertThat(claimed.get(0).position()).isEqualTo(1);
      end(claimed.get(0));
    }
    assertThat(claimAllIds(worker)).isEmpty();
    assertThat(claimAllIds(worker)).doesNotContain(ids.get(0));
  }

  @Test
  void smaller_numbers_go_first() {
    String worker = worker();
    String queue = name("queue");
    String first = queued(worker, place(queue, 1));
    String late = queued(worker, new QueuePlace(queue, 1, WAIT, 1000, 0));
    String middle = queued(worker, place(queue, 1));
    String early = queued(worker, new QueuePlace(queue, 1, WAIT, -1000, 0));
    for (String id : List.of(first, early, middle, late)) {
      List<ExecutionRecord> claimed = claimAll(worker);
      assertThat(claimed).extracting(ExecutionRecord::id).containsExactly(id);
      end(claimed.get(0));
    }
  }

  @Test
  void one_that_waits_for_something_keeps_its_place() {
    String worker = worker();
    String queue = name("queue");
    String first = queued(worker, place(queue, 1));
    String second = queued(worker, place(queue, 1));
    ExecutionRecord owned = claimAll(worker).get(0);
    applied(Draft.after(owned).change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    assertThat(claimAllIds(worker)).isEmpty();
    send(first, "wakes it");
    ExecutionRecord again = claimAll(worker).get(0);
    assertThat(again.id()).isEqualTo(first);
    end(again);
    assertThat(claimAllIds(worker)).containsExactly(second);
  }

  @Test
  void the_death_of_a_worker_frees_no_place() {
    String dead = worker();
    String queue = name("queue");
    String first = queued(dead, place(queue, 1));
    String second = queued(dead, place(queue, 1));
    ExecutionRecord owned = claimAll(dead).get(0);
    die(dead);
    String heir = worker();
    ExecutionRecord taken = claimAll(heir).get(0);
    assertThat(taken.id()).isEqualTo(first);
    assertThat(taken.recoveries()).isEqualTo(1);
    assertThat(head(second).claimAtMicros()).isZero();
    HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
    assertThat(commit(Draft.after(owned).change(end))).isEqualTo(Commit.Result.FENCED);
    assertThat(claimAllIds(heir)).isEmpty();
    end(taken);
    assertThat(claimAllIds(heir)).containsExactly(second);
  }

  @Test
  void one_in_line_is_claimed_by_nobody() {
    String worker = worker();
    String queue = name("queue");
    queued(worker, place(queue, 1));
    String second = queued(worker, place(queue, 1));
    assertThat(get(store().claim(worker, second))).isEmpty();
    send(second, "kept for later");
    assertThat(head(second).claimAtMicros()).isZero();
    assertThat(get(store().claim(worker, second))).isEmpty();
    end(claimAll(worker).get(0));
    assertThat(claimAllIds(worker)).containsExactly(second);
    assertThat(unread(second)).containsExactly("kept for later");
  }

  @Test
  void a_cancellation_takes_one_out_of_the_line() {
    String worker = worker();
    String queue = name("queue");
    String first = queued(worker, place(queue, 1));
    String second = queued(worker, place(queue, 1));
    String third = queued(worker, place(queue, 1));
    ExecutionRecord owned = claimAll(worker).get(0);
    assertThat(get(store().send(second, cancel()))).isEqualTo(Message.Receipt.STORED);
    ExecutionRecord out = claimAll(worker).get(0);
    assertThat(out.id()).isEqualTo(second);
    end(out);
    assertThat(claimAllIds(worker)).isEmpty();
    assertThat(owned.id()).isEqualTo(first);
    end(owned);
    assertThat(claimAllIds(worker)).containsExactly(third);
  }

  @Test
  void a_start_that_is_repeated_has_one_place() {
    String worker = worker();
    String queue = name("queue");
    ExecutionRecord busy = head(queued(worker, place(queue, 1)));
    NewExecution created = execution(name("execution"), worker).withPlace(place(queue, 1));
    assertThat(create(store(), created)).isEqualTo(Commit.Result.APPLIED);
    assertThat(create(store(), created)).isEqualTo(Commit.Result.APPLIED);
    Commit other =
        Commit.create(created, "\"other\"")
            .with(HeadChange.released(ExecutionStatus.PENDING, null, 1));
    assertThat(commit(other)).isEqualTo(Commit.Result.EXISTS);
    String last = queued(worker, place(queue, 1));
    for (String id : List.of(busy.id(), created.id(), last)) {
      ExecutionRecord claimed = claimAll(worker).get(0);
      assertThat(claimed.id()).isEqualTo(id);
      end(claimed);
    }
    assertThat(claimAllIds(worker)).isEmpty();
  }

  @Test
  void a_worker_without_a_lease_gets_no_place() {
    String dead = worker();
    String queue = name("queue");
    die(dead);
    NewExecution created = execution(name("execution"), dead).withPlace(place(queue, 1));
    assertThat(create(store(), created)).isEqualTo(Commit.Result.FENCED);
    assertThat(get(store().find(created.id()))).isEqualTo(Optional.empty());
    String id = queued(worker(), place(queue, 1));
    assertThat(claimable(id)).isTrue();
  }

  @Test
  void children_wait_in_queues_as_well() {
    String worker = worker();
    String queue = name("queue");
    ExecutionRecord parent = created(worker);
    NewExecution one = execution(name("child"), null).withPlace(place(queue, 1));
    NewExecution other = execution(name("child"), worker).withPlace(place(queue, 1));
    applied(Draft.after(parent).child(one).child(other));
    assertThat(head(other.id()).worker()).isNull();
    ExecutionRecord first = claimAll(worker).get(0);
    assertThat(first.id()).isEqualTo(one.id());
    assertThat(first.position()).isZero();
    end(first);
    assertThat(claimAllIds(worker)).containsExactly(other.id());
  }

  @Test
  void one_that_is_refused_may_be_claimed_to_be_ended() {
    String worker = worker();
    String queue = name("queue");
    ExecutionRecord busy = claimed(worker, queued(worker, place(queue, REFUSE)));
    assertThat(busy.reason()).isNull();
    String refused = queued(worker, place(queue, REFUSE));
    ExecutionRecord head = claimed(worker, refused);
    assertThat(head.reason()).isEqualTo(QueuePlace.REFUSED);
    assertThat(head.status()).isEqualTo(ExecutionStatus.PENDING);
    end(busy);
    assertThat(claimed(worker, queued(worker, place(queue, REFUSE))).reason()).isNull();
  }

  private ExecutionRecord claimed(String worker, String id) {
    List<ExecutionRecord> claimed = claimAll(worker);
    assertThat(claimed).extracting(ExecutionRecord::id).containsExactly(id);
    return claimed.get(0);
  }

  @Test
  void one_waits_alone() {
    String worker = worker();
    String queue = name("queue");
    ExecutionRecord busy = claimed(worker, queued(worker, place(queue, WAIT_ALONE)));
    String waits = queued(worker, place(queue, WAIT_ALONE));
    assertThat(claimAllIds(worker)).isEmpty();
    ExecutionRecord refused = claimed(worker, queued(worker, place(queue, WAIT_ALONE)));
    assertThat(refused.reason()).isEqualTo(QueuePlace.REFUSED);
    end(busy);
    assertThat(claimed(worker, waits).reason()).isNull();
  }

  @Test
  void the_oldest_is_displaced_once() {
    String worker = worker();
    String queue = name("queue");
    ExecutionRecord first = claimed(worker, queued(worker, place(queue, DISPLACE)));
    String second = queued(worker, place(queue, DISPLACE));
    assertThat(unreadOf(first.id())).containsExactly(QueuePlace.displaced(second));
    String third = queued(worker, place(queue, DISPLACE));
    assertThat(unreadOf(first.id())).hasSize(1);
    assertThat(unreadOf(second)).containsExactly(QueuePlace.displaced(third));
    assertThat(claimAllIds(worker)).containsExactly(second);
    end(first);
    assertThat(claimAllIds(worker)).containsExactly(third);
  }

  @Test
  void one_that_is_to_begin_later_holds_up_nobody_until_its_time() {
    String worker = worker();
    String queue = name("queue");
    long soon = now() + HOUR;
    String later = queued(worker, new QueuePlace(queue, 1, WAIT, 0, soon));
    assertThat(head(later).claimAtMicros()).isEqualTo(soon);
    assertThat(get(store().claim(worker, later))).isEmpty();
    send(later, "kept for later");
    assertThat(head(later).claimAtMicros()).isEqualTo(soon);
    ExecutionRecord now = claimed(worker, queued(worker, place(queue, 1)));
    end(now);
    assertThat(get(store().send(later, cancel()))).isEqualTo(Message.Receipt.STORED);
    assertThat(claimAllIds(worker)).containsExactly(later);
  }

  @Test
  void one_whose_time_has_come_joins_the_line() {
    String worker = worker();
    String queue = name("queue");
    String later = queued(worker, new QueuePlace(queue, 1, WAIT, 0, now() + SHORT_MICROS));
    ExecutionRecord busy = claimed(worker, queued(worker, place(queue, 1)));
    String last = queued(worker, place(queue, 1));
    passTime(Duration.ofMillis(50));
    assertThat(claimAllIds(worker)).isEmpty();
    end(busy);
    end(claimed(worker, later));
    assertThat(claimAllIds(worker)).containsExactly(last);
  }

  @Test
  void the_limit_holds_for_many_workers_at_once() throws Exception {
    String queue = name("queue");
    int limit = 3;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(
          () -> {
            FlowStore own = another();
            String worker = worker();
            for (int n = 0; n < ROUND; n++) {
              NewExecution created = execution(name("execution"), worker);
              assertThat(create(own, created.withPlace(place(queue, limit))))
                  .isEqualTo(Commit.Result.APPLIED);
            }
            int mine = 0;
            while (done.get() < RACERS * ROUND) {
              mine += work(own, worker, inside, most, done, order);
            }
            return mine;
          });
    }
    List<Integer> each = Together.run(racers);
    assertThat(each.stream().mapToInt(Integer::intValue).sum()).isEqualTo(RACERS * ROUND);
    assertThat(order).doesNotHaveDuplicates().hasSize(RACERS * ROUND);
    assertThat(most.get()).isBetween(1, limit);
  }

  private int work(
      FlowStore own,
      String worker,
      AtomicInteger inside,
      AtomicInteger most,
      AtomicInteger done,
      List<String> order) {
    List<ExecutionRecord> claimed = get(own.claim(worker, 2)).stream().filter(this::isOwn).toList();
    for (ExecutionRecord head : claimed) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      order.add(head.id());
    }
    for (ExecutionRecord head : claimed) {
      // Takes a while, in which others may come in who should not.
      get(own.now());
      inside.decrementAndGet();
      HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
      assertThat(get(own.commit(List.of(Draft.after(head).change(end).commit()))))
          .containsExactly(Commit.Result.APPLIED);
      done.incrementAndGet();
    }
    return claimed.size();
  }
}
