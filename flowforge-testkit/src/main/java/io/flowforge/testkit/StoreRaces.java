package io.flowforge.testkit;

import static io.flowforge.spi.store.Commit.Result.APPLIED;
import static io.flowforge.spi.store.Commit.Result.FENCED;
import static io.flowforge.spi.store.Commit.Result.UNREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: several handles at once, as several processes have them. */
abstract class StoreRaces extends StoreQueues {
  private static final int ROUNDS = 25;
  private static final int HANDLES = 4;

  @Test
  void handles_see_what_others_have_written() {
    FlowStore other = another();
    ExecutionRecord head = created(worker());
    assertThat(get(other.find(head.id()))).contains(head);
    assertThat(get(other.send(head.id(), message("a")))).isEqualTo(Message.Receipt.STORED);
    assertThat(unread(head.id())).containsExactly("a");
    assertThat(get(other.commit(List.of(Draft.after(head).commit())))).containsExactly(APPLIED);
    assertThat(pages(head.id())).hasSize(2);
  }

  @Test
  void a_handle_may_be_closed_twice_and_the_data_stays() {
    FlowStore brief = another();
    String worker = worker();
    NewExecution created = execution(name("execution"), worker);
    get(brief.commit(List.of(Commit.create(created, "1"))));
    assertThat(get(brief.write(name("kind"), "key", 0, new byte[] {1}))).isTrue();
    brief.close();
    brief.close();
    assertThat(pages(created.id())).containsExactly("1");
    applied(Draft.after(head(created.id())));
  }

  @Test
  void several_handles_are_opened_at_once() throws Exception {
    List<Callable<StoreTraits>> openers = new ArrayList<>();
    for (int i = 0; i < HANDLES; i++) {
      openers.add(() -> another().open());
    }
    // Each of them is opened for the second time there, which changes nothing.
    StoreTraits own = connect().open();
    assertThat(Together.run(openers)).containsOnly(own);
    assertThat(own.name()).isNotBlank();
  }

  @Test
  void one_of_two_handles_writes_a_page() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    String worker = worker();
    for (int round = 0; round < ROUNDS; round++) {
      ExecutionRecord head = created(worker);
      ExecutionRecord child = created(worker);
      Draft one = Draft.after(head).page("\"left\"").tell(child.id(), message("left"));
      Draft other = Draft.after(head).page("\"right\"").tell(child.id(), message("right"));
      List<Commit.Result> results = race(one.commit(), left, other.commit(), right);
      assertThat(results).containsExactlyInAnyOrder(APPLIED, FENCED);
      assertThat(pages(head.id())).hasSize(2);
      assertThat(pages(head.id()).get(1)).isEqualTo('"' + unread(child.id()).get(0) + '"');
      assertThat(unread(child.id())).hasSize(1);
    }
  }

  private List<Commit.Result> race(Commit one, FlowStore left, Commit other, FlowStore right)
      throws Exception {
    return Together.run(
        List.of(
            () -> get(left.commit(List.of(one))).get(0),
            () -> get(right.commit(List.of(other))).get(0)));
  }

  @Test
  void a_worker_that_retires_has_written_its_step_or_not() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    for (int round = 0; round < ROUNDS; round++) {
      String worker = worker();
      ExecutionRecord head = created(worker);
      Commit step = Draft.after(head).page("\"last\"").commit();
      List<Object> results =
          Together.run(
              List.<Callable<Object>>of(
                  () -> get(left.commit(List.of(step))).get(0), () -> heir(right, worker, head)));
      ExecutionRecord heir = (ExecutionRecord) results.get(1);
      List<String> pages = pages(head.id());
      assertThat(results.get(0)).isEqualTo(pages.size() == 2 ? APPLIED : FENCED);
      assertThat(heir.position()).as("pages the heir knows of").isEqualTo(pages.size());
      applied(Draft.after(heir));
    }
  }

  private ExecutionRecord heir(FlowStore handle, String retiring, ExecutionRecord head) {
    get(handle.retire(retiring));
    String heir = name("heir");
    get(handle.enlist(heir, LEASE));
    return get(handle.claim(heir, head.id())).orElseThrow();
  }

  @Test
  void a_message_is_never_lost_when_the_execution_is_given_back() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    String worker = worker();
    for (int round = 0; round < ROUNDS; round++) {
      ExecutionRecord head = created(worker);
      Commit release =
          Draft.after(head).change(HeadChange.released(ExecutionStatus.WAITING, null, 0)).commit();
      List<Object> results =
          Together.run(
              List.<Callable<Object>>of(
                  () -> get(left.commit(List.of(release))).get(0),
                  () -> get(right.send(head.id(), message("a")))));
      assertThat(results.get(1)).isEqualTo(Message.Receipt.STORED);
      ExecutionRecord after = head(head.id());
      if (results.get(0) == UNREAD) {
        assertThat(after.worker()).isEqualTo(worker);
      } else {
        assertThat(results.get(0)).isEqualTo(APPLIED);
        assertThat(after.claimAtMicros()).as("woken").isPositive();
      }
      assertThat(unread(head.id())).containsExactly("a");
    }
  }

  @Test
  void a_message_is_kept_or_refused_when_the_execution_ends() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    String worker = worker();
    for (int round = 0; round < ROUNDS; round++) {
      ExecutionRecord head = created(worker);
      Commit end =
          Draft.after(head)
              .change(HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000))
              .commit();
      List<Object> results =
          Together.run(
              List.<Callable<Object>>of(
                  () -> get(left.commit(List.of(end))).get(0),
                  () -> get(right.send(head.id(), message("a")))));
      assertThat(results)
          .isIn(List.of(APPLIED, Message.Receipt.FINAL), List.of(UNREAD, Message.Receipt.STORED));
      assertThat(head(head.id()).status().isFinal()).isEqualTo(results.get(0) == APPLIED);
    }
  }

  @Test
  void an_event_is_never_lost_when_the_wait_begins() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    String worker = worker();
    for (int round = 0; round < ROUNDS; round++) {
      String name = name("paid");
      ExecutionRecord head = created(worker);
      Commit step = Draft.after(head).await(new EventWait(name, "7", "pay")).commit();
      PublishedEvent event = event(name, "7", "{}");
      Together.run(
          List.<Callable<Object>>of(
              () -> get(left.commit(List.of(step))), () -> get(right.publish(event))));
      assertThat(whole(head.id()).unread()).as("round %d", round).hasSize(1);
    }
  }

  @Test
  void an_event_that_is_kept_is_taken_by_one() throws Exception {
    String worker = worker();
    String name = name("paid");
    publish(name, "", "{}");
    List<String> ids = new ArrayList<>();
    List<Callable<Commit.Result>> waiters = new ArrayList<>();
    for (int i = 0; i < HANDLES; i++) {
      ExecutionRecord head = created(worker);
      ids.add(head.id());
      FlowStore handle = another();
      Commit step = Draft.after(head).await(new EventWait(name, "", "pay")).commit();
      waiters.add(() -> get(handle.commit(List.of(step))).get(0));
    }
    assertThat(Together.run(waiters)).containsOnly(APPLIED);
    assertThat(get(store().load(ids))).flatExtracting(StoredExecution::unread).hasSize(1);
    assertThat(publish(name, "", "{}")).isEqualTo(HANDLES - 1);
  }

  @Test
  void an_event_that_many_publish_comes_once() throws Exception {
    String name = name("paid");
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).await(new EventWait(name, "", "pay")));
    PublishedEvent event = event(name, "", "{}");
    List<Callable<Integer>> publishers = new ArrayList<>();
    for (int i = 0; i < HANDLES; i++) {
      FlowStore handle = another();
      publishers.add(() -> get(handle.publish(event)));
    }
    assertThat(Together.run(publishers)).containsOnly(1);
    assertThat(head(head.id()).inbox()).isEqualTo(1);
  }

  @Test
  void executions_that_write_to_each_other_do_not_block_each_other() throws Exception {
    FlowStore left = another();
    FlowStore right = another();
    String worker = worker();
    ExecutionRecord one = created(worker);
    ExecutionRecord other = created(worker);
    List<Callable<Set<Commit.Result>>> talkers =
        List.of(() -> talk(left, one, other), () -> talk(right, other, one));
    assertThat(Together.run(talkers)).containsOnly(Set.of(APPLIED));
    assertThat(head(one.id()).inbox()).isEqualTo(ROUNDS);
    assertThat(head(other.id()).inbox()).isEqualTo(ROUNDS);
  }

  private Set<Commit.Result> talk(FlowStore handle, ExecutionRecord from, ExecutionRecord to) {
    List<Commit.Result> results = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      Draft step =
          Draft.after(from).position(from.position() + 1 + i).tell(to.id(), message("m" + i));
      results.add(get(handle.commit(List.of(step.commit()))).get(0));
    }
    return Set.copyOf(results);
  }
}
