package io.flowforge.testkit;

import static io.flowforge.spi.store.Commit.Result.APPLIED;
import static io.flowforge.spi.store.Commit.Result.EXISTS;
import static io.flowforge.spi.store.Commit.Result.FENCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoredExecution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: the steps of executions. */
abstract class StoreSteps extends StoreWorkers {
  @Test
  void a_step_that_is_written_here_counts_as_any_other() {
    ExecutionRecord known = created(worker());
    List<Commit> step = List.of(Draft.after(known).page("\"second\"").commit());
    List<Commit.Result> applied = List.of(Commit.Result.APPLIED);
    Optional<List<Commit.Result>> answer = store().commitHere(step);
    boolean declined = answer.isEmpty();
    assertThat(answer.orElse(applied)).isEqualTo(applied);
    assertThat(pages(known.id())).hasSize(declined ? 1 : 2);
    assertThat(get(store().commit(step))).isEqualTo(applied);
    assertThat(pages(known.id())).containsExactly("\"first\"", "\"second\"");
  }

  @Test
  void a_created_execution_is_found_as_it_was_given() {
    String worker = worker();
    NewExecution created =
        new NewExecution(
            name("execution"),
            "invoice",
            "h1",
            "acme",
            Map.of("order", "7", "region", "eu"),
            "{\"input\":{}}",
            1_763_000_000_123_456L,
            worker);
    commit(Commit.create(created, "\"first\""));
    ExecutionRecord expected =
        new ExecutionRecord(
            created.id(),
            "invoice",
            "h1",
            "acme",
            created.attributes(),
            "{\"input\":{}}",
            ExecutionStatus.PENDING,
            null,
            worker,
            1,
            1,
            0,
            0,
            0,
            1_763_000_000_123_456L,
            0);
    assertThat(head(created.id())).isEqualTo(expected);
    assertThat(whole(created.id()))
        .isEqualTo(new StoredExecution(expected, List.of("\"first\""), List.of()));
  }

  @Test
  void an_execution_that_was_never_created_is_not_found() {
    String id = name("execution");
    assertThat(get(store().find(id))).isEmpty();
    assertThat(get(store().load(List.of(id)))).isEmpty();
    assertThat(get(store().load(List.of()))).isEmpty();
    assertThat(get(store().claim(worker(), id))).isEmpty();
    assertThat(commit(Commit.page(id, worker(), 1, 1, "{}"))).isEqualTo(FENCED);
  }

  @Test
  void another_first_page_of_the_same_worker_is_another_start() {
    String worker = worker();
    NewExecution created =
        new NewExecution(
            name("execution"), "invoice", "h1", "", Map.of(), "{}", 1_763_000_000_000_000L, worker);
    assertThat(commit(Commit.create(created, "\"first\""))).isEqualTo(APPLIED);
    assertThat(commit(Commit.create(created, "\"first\""))).isEqualTo(APPLIED);
    assertThat(commit(Commit.create(created, "\"another\""))).isEqualTo(EXISTS);
    assertThat(whole(created.id()).pages()).containsExactly("\"first\"");
  }

  @Test
  void another_page_of_the_same_worker_does_not_pass_for_the_one_that_stands() {
    String worker = worker();
    String id = created(worker).id();
    assertThat(commit(Commit.page(id, worker, 1, 2, "\"second\""))).isEqualTo(APPLIED);
    assertThat(commit(Commit.page(id, worker, 1, 2, "\"another\""))).isEqualTo(FENCED);
    assertThat(whole(id).pages()).containsExactly("\"first\"", "\"second\"");
  }

  @Test
  void several_executions_are_loaded_at_once() {
    String worker = worker();
    List<String> ids = List.of(created(worker).id(), created(worker).id(), created(worker).id());
    applied(Draft.after(head(ids.get(1))).page("\"second\""));
    assertThat(get(store().load(ids)))
        .extracting(one -> one.head().id(), StoredExecution::pages)
        .containsExactlyInAnyOrder(
            tuple(ids.get(0), List.of("\"first\"")),
            tuple(ids.get(1), List.of("\"first\"", "\"second\"")),
            tuple(ids.get(2), List.of("\"first\"")));
  }

  @Test
  void creating_again_tells_the_creator_from_others() {
    NewExecution mine = execution(name("execution"), worker());
    assertThat(commit(Commit.create(mine, "\"first\""))).isEqualTo(APPLIED);
    assertThat(commit(Commit.create(mine, "\"first\""))).isEqualTo(APPLIED);
    NewExecution other = execution(mine.id(), worker());
    assertThat(commit(Commit.create(other, "\"other\""))).isEqualTo(EXISTS);
    assertThat(head(mine.id()).worker()).isEqualTo(mine.worker());
    assertThat(pages(mine.id())).containsExactly("\"first\"");
  }

  @Test
  void creating_again_is_the_same_step_even_after_the_end() {
    NewExecution mine = execution(name("execution"), worker());
    Draft whole =
        Draft.creating(mine).change(HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000));
    assertThat(commit(whole)).isEqualTo(APPLIED);
    assertThat(commit(whole)).isEqualTo(APPLIED);
    assertThat(commit(Draft.creating(execution(mine.id(), worker())))).isEqualTo(EXISTS);
    assertThat(head(mine.id()).status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void pages_are_kept_in_order() {
    ExecutionRecord head = created(worker());
    for (int i = 2; i <= 12; i++) {
      applied(Draft.after(head(head.id())).page(Integer.toString(i)));
    }
    assertThat(pages(head.id()))
        .containsExactly("\"first\"", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(head(head.id()).position()).isEqualTo(12);
  }

  @Test
  void a_step_that_stands_is_applied_again_without_effect() {
    ExecutionRecord head = created(worker());
    Draft second = Draft.after(head).page("\"second\"");
    applied(second.change(HeadChange.to(ExecutionStatus.RUNNING, false)));
    applied(Draft.after(head(head.id())).change(HeadChange.to(ExecutionStatus.WAITING, false)));
    applied(second);
    assertThat(head(head.id()).status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(pages(head.id())).containsExactly("\"first\"", "\"second\"", "{}");
  }

  @Test
  void a_step_that_released_or_ended_is_applied_again_without_effect() {
    ExecutionRecord head = created(worker());
    Draft release = Draft.after(head).change(HeadChange.released(ExecutionStatus.WAITING, null, 0));
    applied(release);
    applied(release);
    ExecutionRecord again = claim(worker(), head.id());
    applied(release);
    assertThat(head(head.id())).isEqualTo(again);
    Draft end =
        Draft.after(again).change(HeadChange.ended(ExecutionStatus.FAILED, "FF-FAIL", 5_000_000));
    applied(end);
    applied(end);
    assertThat(head(head.id()).position()).isEqualTo(3);
  }

  @Test
  void a_page_of_another_epoch_does_not_count_as_the_same() {
    String worker = worker();
    ExecutionRecord head = released(worker, ExecutionStatus.WAITING, 0);
    ExecutionRecord again = claim(worker, head.id());
    assertThat(commit(Draft.after(again).position(2))).isEqualTo(FENCED);
    assertThat(commit(Draft.after(again).position(1))).isEqualTo(FENCED);
    assertThat(head(head.id())).isEqualTo(again);
    die(worker);
    ExecutionRecord heir = claim(worker(), head.id());
    assertThat(commit(Draft.after(heir).position(2))).isEqualTo(FENCED);
    assertThat(head(head.id())).isEqualTo(heir);
  }

  @Test
  void a_gap_refuses_the_whole_call() {
    String worker = worker();
    ExecutionRecord one = created(worker);
    ExecutionRecord other = created(worker);
    Commit fine = Draft.after(one).commit();
    Commit gap = Draft.after(other).position(3).commit();
    assertThat(failure(store().commit(List.of(fine, gap))))
        .isInstanceOfSatisfying(
            StoreException.class,
            failed -> assertThat(failed.kind()).isEqualTo(StoreException.Kind.FATAL));
    assertThat(head(one.id())).isEqualTo(one);
    assertThat(head(other.id())).isEqualTo(other);
  }

  @Test
  void steps_of_one_call_are_judged_one_by_one() {
    String worker = worker();
    ExecutionRecord fine = created(worker);
    ExecutionRecord stale = created(worker);
    ExecutionRecord busy = created(worker);
    send(busy.id(), name("message"));
    NewExecution fresh = execution(name("execution"), worker);
    NewExecution known = execution(created(worker()).id(), worker);
    HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
    List<Commit> steps =
        List.of(
            Draft.after(stale).epoch(9).commit(),
            Draft.after(fine).commit(),
            Commit.create(known, "{}"),
            Commit.create(fresh, "{}"),
            Draft.after(busy).change(end).commit());
    assertThat(get(store().commit(steps)))
        .containsExactly(FENCED, APPLIED, EXISTS, APPLIED, Commit.Result.UNREAD);
    assertThat(get(store().commit(List.of()))).isEmpty();
    assertThat(head(fine.id()).position()).isEqualTo(2);
    assertThat(head(fresh.id()).position()).isEqualTo(1);
  }

  @Test
  void many_steps_travel_in_one_call() {
    String worker = worker();
    List<NewExecution> many =
        IntStream.range(0, 500).mapToObj(i -> execution(name("execution"), worker)).toList();
    List<Commit> creations = many.stream().map(one -> Commit.create(one, "1")).toList();
    assertThat(get(store().commit(creations))).containsOnly(APPLIED).hasSize(500);
    List<Commit> seconds =
        many.stream().map(one -> Commit.page(one.id(), worker, 1, 2, "2")).toList();
    assertThat(get(store().commit(seconds))).containsOnly(APPLIED).hasSize(500);
    List<String> ids = many.stream().map(NewExecution::id).toList();
    assertThat(get(store().load(ids)))
        .hasSize(500)
        .allSatisfy(one -> assertThat(one.pages()).containsExactly("1", "2"));
  }

  @Test
  void a_change_shows_in_the_head() {
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).change(HeadChange.to(ExecutionStatus.RUNNING, true)));
    assertThat(head(head.id()).status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(head(head.id()).worker()).isEqualTo(head.worker());
    HeadChange parked = HeadChange.released(ExecutionStatus.PARKED, "CRASH_LOOP", 0);
    applied(Draft.after(head(head.id())).change(parked));
    assertThat(head(head.id()).reason()).isEqualTo("CRASH_LOOP");
    assertThat(head(head.id()).worker()).isNull();
    ExecutionRecord again = claim(worker(), head.id());
    applied(Draft.after(again).change(HeadChange.to(ExecutionStatus.RUNNING, false)));
    assertThat(head(head.id()).reason()).isNull();
  }

  @Test
  void a_change_may_move_the_execution_to_another_flow() {
    ExecutionRecord head = created(worker());
    HeadChange paused = HeadChange.released(ExecutionStatus.PAUSED, null, 0);
    applied(Draft.after(head).change(paused.onFlow("another hash")));
    assertThat(head(head.id()).flowHash()).isEqualTo("another hash");
    assertThat(head(head.id()).flowId()).isEqualTo(head.flowId());
    ExecutionRecord again = claim(worker(), head.id());
    assertThat(again.flowHash()).isEqualTo("another hash");
    applied(Draft.after(again).change(HeadChange.to(ExecutionStatus.RUNNING, false)));
    assertThat(head(head.id()).flowHash()).isEqualTo("another hash");
  }

  @Test
  void a_step_without_a_change_leaves_the_head_alone() {
    ExecutionRecord head = created(worker());
    applied(Draft.after(head).change(HeadChange.to(ExecutionStatus.WAITING, false)));
    applied(Draft.after(head(head.id())));
    assertThat(head(head.id()).status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(head(head.id()).worker()).isEqualTo(head.worker());
  }

  @Test
  void a_final_status_ends_the_ownership() {
    ExecutionRecord head = created(worker());
    applied(
        Draft.after(head).change(HeadChange.ended(ExecutionStatus.FAILED, "FF-FAIL", 7_000_001)));
    ExecutionRecord ended = head(head.id());
    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.reason()).isEqualTo("FF-FAIL");
    assertThat(ended.worker()).isNull();
    assertThat(ended.claimAtMicros()).isZero();
    assertThat(ended.finishedMicros()).isEqualTo(7_000_001);
    assertThat(commit(Draft.after(head).position(3))).isEqualTo(FENCED);
    assertThat(get(store().claim(worker(), head.id()))).isEmpty();
    assertThat(claimable(head.id())).isFalse();
  }

  @Test
  void a_final_status_ends_the_ownership_even_if_the_step_does_not_say_so() {
    ExecutionRecord head = created(worker());
    HeadChange silent =
        new HeadChange(ExecutionStatus.CANCELLED, null, true, false, 1, 7_000_000, null);
    applied(Draft.after(head).change(silent));
    assertThat(head(head.id()).worker()).isNull();
    assertThat(head(head.id()).claimAtMicros()).isZero();
    assertThat(claimable(head.id())).isFalse();
  }

  @Test
  void children_and_messages_come_with_the_step() {
    String worker = worker();
    ExecutionRecord parent = created(worker);
    ExecutionRecord receiver = created(worker);
    NewExecution free = execution(name("child"), null);
    NewExecution owned = execution(name("child"), worker);
    String greeting = name("message");
    applied(
        Draft.after(parent)
            .child(free)
            .child(owned)
            .tell(receiver.id(), message(greeting))
            .tell(owned.id(), message(greeting)));
    assertThat(unread(receiver.id())).containsExactly(greeting);
    assertThat(unread(owned.id())).containsExactly(greeting);
    ExecutionRecord child = head(owned.id());
    assertThat(child.status()).isEqualTo(ExecutionStatus.PENDING);
    assertThat(child.worker()).isEqualTo(worker);
    assertThat(child.epoch()).isEqualTo(1);
    assertThat(child.position()).isZero();
    applied(Draft.after(child).page("\"born\""));
    assertThat(claimAllIds(worker())).containsExactly(free.id());
    assertThat(head(free.id()).epoch()).isEqualTo(2);
  }

  @Test
  void children_that_exist_are_left_as_they_are() {
    String worker = worker();
    ExecutionRecord parent = created(worker);
    ExecutionRecord child = created(worker());
    applied(Draft.after(parent).child(execution(child.id(), worker)));
    assertThat(head(child.id())).isEqualTo(child);
    assertThat(pages(child.id())).containsExactly("\"first\"");
  }

  @Test
  void messages_to_those_that_ended_or_never_were_are_dropped() {
    String worker = worker();
    ExecutionRecord ended = ended(worker);
    applied(
        Draft.after(created(worker))
            .tell(ended.id(), message("late"))
            .tell(name("nobody"), message("lost")));
    assertThat(head(ended.id())).isEqualTo(ended);
  }

  @Test
  void a_step_that_is_refused_leaves_nothing_behind() {
    String worker = worker();
    ExecutionRecord head = created(worker);
    ExecutionRecord receiver = created(worker);
    send(head.id(), "unread");
    NewExecution child = execution(name("child"), null);
    HeadChange end = HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000);
    Draft unread = Draft.after(head).child(child).tell(receiver.id(), message("no")).change(end);
    assertThat(commit(unread)).isEqualTo(Commit.Result.UNREAD);
    assertThat(commit(unread.epoch(7))).isEqualTo(FENCED);
    NewExecution known = execution(head.id(), worker());
    Draft exists = Draft.creating(known).child(child).tell(receiver.id(), message("no"));
    assertThat(commit(exists)).isEqualTo(EXISTS);
    assertThat(get(store().find(child.id()))).isEmpty();
    assertThat(unread(receiver.id())).isEmpty();
    assertThat(pages(head.id())).hasSize(1);
    assertThat(unread(head.id())).containsExactly("unread");
  }

  @Test
  void a_step_that_is_applied_again_brings_nothing_twice() {
    String worker = worker();
    ExecutionRecord head = created(worker);
    ExecutionRecord receiver = created(worker);
    NewExecution child = execution(name("child"), null);
    Draft step = Draft.after(head).child(child).tell(receiver.id(), message("once"));
    applied(step);
    ExecutionRecord born = claim(worker, child.id());
    applied(step);
    assertThat(head(child.id())).isEqualTo(born);
    assertThat(unread(receiver.id())).containsExactly("once");
  }
}
