package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: how executions pass from worker to worker. */
abstract class StoreClaims extends StoreSteps {
  private static final int THREADS = 8;
  private static final int BATCH = 500;
  private static final long HOUR = 3_600_000_000L;

  abstract int executionsToClaim();

  @Test
  void what_is_released_may_be_claimed_from_its_time_on() {
    String worker = worker();
    long now = now();
    ExecutionRecord due = released(worker, ExecutionStatus.WAITING, now);
    ExecutionRecord soon = released(worker, ExecutionStatus.WAITING, now + HOUR);
    ExecutionRecord never = released(worker, ExecutionStatus.WAITING, 0);
    assertThat(soon.claimAtMicros()).isEqualTo(now + HOUR);
    assertThat(soon.worker()).isNull();
    List<ExecutionRecord> claimed = claimAll(worker);
    assertThat(claimed).extracting(ExecutionRecord::id).containsExactly(due.id());
    assertThat(head(soon.id())).isEqualTo(soon);
    assertThat(head(never.id())).isEqualTo(never);
  }

  @Test
  void a_time_to_claim_comes() {
    String worker = worker();
    ExecutionRecord head = released(worker, ExecutionStatus.WAITING, now() + 40_000);
    passTime(Duration.ofMillis(50));
    assertThat(claimAllIds(worker)).containsExactly(head.id());
  }

  @Test
  void a_claim_changes_the_owner_and_the_epoch() {
    ExecutionRecord before = released(worker(), ExecutionStatus.WAITING, 1);
    String next = worker();
    List<ExecutionRecord> claimed = claimAll(next);
    assertThat(claimed).containsExactly(head(before.id()));
    ExecutionRecord after = claimed.get(0);
    assertThat(after.worker()).isEqualTo(next);
    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.claimAtMicros()).isZero();
    assertThat(after.recoveries()).isZero();
    assertThat(after.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(after.position()).isEqualTo(before.position());
    assertThat(claimAll(worker())).isEmpty();
  }

  @Test
  void those_due_longest_are_claimed_first() {
    String worker = worker();
    long now = now();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(released(worker, ExecutionStatus.WAITING, now - 1000L * ((i * 3) % 5)).id());
    }
    assertThat(claimAllIds(worker))
        .containsExactly(ids.get(3), ids.get(1), ids.get(4), ids.get(2), ids.get(0));
  }

  @Test
  void no_more_than_the_limit_is_claimed() {
    String worker = worker();
    for (int i = 0; i < 5; i++) {
      released(worker, ExecutionStatus.WAITING, 1);
    }
    assertThat(get(store().claim(worker, 2))).hasSize(2);
    assertThat(get(store().claim(worker, 2))).hasSize(2);
    assertThat(get(store().claim(worker, 100))).isNotEmpty();
    assertThat(get(store().claim(worker, 100))).isEmpty();
  }

  @Test
  void one_execution_is_claimed_though_it_is_not_due() {
    String worker = worker();
    ExecutionRecord never = released(worker, ExecutionStatus.WAITING, 0);
    ExecutionRecord soon = released(worker, ExecutionStatus.WAITING, now() + HOUR);
    ExecutionRecord parked = released(worker, ExecutionStatus.PARKED, 0);
    for (ExecutionRecord head : List.of(never, soon, parked)) {
      ExecutionRecord claimed = claim(worker, head.id());
      assertThat(claimed).isEqualTo(head(head.id()));
      assertThat(claimed.worker()).isEqualTo(worker);
      assertThat(claimed.epoch()).isGreaterThan(head.epoch());
      assertThat(claimed.claimAtMicros()).isZero();
    }
  }

  @Test
  void one_execution_is_not_claimed_from_the_living_or_the_ended() {
    ExecutionRecord owned = created(worker());
    ExecutionRecord ended = ended(worker());
    assertThat(get(store().claim(worker(), owned.id()))).isEmpty();
    assertThat(get(store().claim(worker(), ended.id()))).isEmpty();
    assertThat(head(owned.id())).isEqualTo(owned);
    assertThat(head(ended.id())).isEqualTo(ended);
  }

  @Test
  void what_the_living_own_is_not_claimed() {
    ExecutionRecord owned = created(worker());
    assertThat(claimAllIds(worker())).isEmpty();
    assertThat(head(owned.id())).isEqualTo(owned);
  }

  @Test
  void what_the_dead_owned_is_claimed_and_counted() {
    String dead = worker();
    ExecutionRecord before = created(dead);
    die(dead);
    String next = worker();
    ExecutionRecord after = claimAll(next).get(0);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.worker()).isEqualTo(next);
    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.recoveries()).isEqualTo(1);
    assertThat(after.status()).isEqualTo(before.status());
  }

  @Test
  void one_execution_is_claimed_from_the_dead() {
    String dead = worker();
    ExecutionRecord before = created(dead);
    die(dead);
    ExecutionRecord after = claim(worker(), before.id());
    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.recoveries()).isEqualTo(1);
  }

  @Test
  void burying_the_dead_takes_all_they_owned() {
    String dead = worker();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(created(dead).id());
    }
    ExecutionRecord ended = ended(dead);
    die(dead);
    assertThat(claimAllIds(worker())).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(head(ended.id())).isEqualTo(ended);
  }

  @Test
  void recoveries_add_up_until_there_is_progress() {
    String first = worker();
    String id = created(first).id();
    die(first);
    String second = worker();
    claim(second, id);
    die(second);
    String third = worker();
    ExecutionRecord twice = claim(third, id);
    assertThat(twice.recoveries()).isEqualTo(2);
    applied(Draft.after(twice).change(HeadChange.to(ExecutionStatus.RUNNING, false)));
    assertThat(head(id).recoveries()).isEqualTo(2);
    applied(Draft.after(head(id)).change(HeadChange.to(ExecutionStatus.RUNNING, true)));
    assertThat(head(id).recoveries()).isZero();
  }

  @Test
  void what_a_retired_worker_owned_is_claimed_and_not_counted() {
    String retired = worker();
    ExecutionRecord before = created(retired);
    get(store().retire(retired));
    assertThat(head(before.id()).worker()).isNull();
    ExecutionRecord after = claimAll(worker()).get(0);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.recoveries()).isZero();
  }

  @Test
  void retiring_the_dead_harms_no_heir() {
    String dead = worker();
    String id = created(dead).id();
    die(dead);
    ExecutionRecord taken = claim(worker(), id);
    get(store().retire(dead));
    assertThat(head(id)).isEqualTo(taken);
  }

  @Test
  void the_new_owner_goes_on_where_the_old_one_stood() {
    String dead = worker();
    ExecutionRecord before = created(dead);
    applied(Draft.after(before).page("\"second\""));
    die(dead);
    ExecutionRecord after = claim(worker(), before.id());
    assertThat(after.position()).isEqualTo(2);
    applied(Draft.after(after).page("\"third\""));
    assertThat(pages(before.id())).containsExactly("\"first\"", "\"second\"", "\"third\"");
  }

  @Test
  void children_of_nobody_are_claimed_by_whoever_comes_first() {
    NewExecution child = execution(name("child"), null);
    applied(Draft.after(created(worker())).child(child));
    assertThat(head(child.id()).worker()).isNull();
    assertThat(claimAllIds(worker())).containsExactly(child.id());
    assertThat(claimAllIds(worker())).isEmpty();
  }

  @Test
  void parked_executions_are_claimed_when_their_time_comes() {
    String worker = worker();
    ExecutionRecord parked = released(worker, ExecutionStatus.PARKED, 0);
    ExecutionRecord due = released(worker, ExecutionStatus.PARKED, 1);
    assertThat(claimAllIds(worker)).containsExactly(due.id());
    assertThat(head(parked.id())).isEqualTo(parked);
  }

  @Test
  void an_execution_is_claimed_by_one_of_many_threads() throws Exception {
    int count = executionsToClaim();
    String parent = worker();
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      Draft draft = Draft.after(created(parent));
      for (int i = Math.min(BATCH, count - ids.size()); i > 0; i--) {
        ids.add(name("many"));
        draft.child(execution(ids.get(ids.size() - 1), null));
      }
      applied(draft);
    }
    // How often each was claimed; what else is claimed is of another test.
    Map<String, AtomicInteger> claims = new HashMap<>();
    ids.forEach(id -> claims.put(id, new AtomicInteger()));
    AtomicInteger left = new AtomicInteger(count);
    List<Callable<Void>> claimers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      claimers.add(claimer(another(), worker(), claims, left));
    }
    Together.run(claimers);
    assertThat(claims.values()).extracting(AtomicInteger::get).containsOnly(1);
  }

  private static Callable<Void> claimer(
      FlowStore handle, String worker, Map<String, AtomicInteger> claims, AtomicInteger left) {
    return () -> {
      long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (left.get() > 0 && System.nanoTime() < end) {
        for (ExecutionRecord head : get(handle.claim(worker, 50))) {
          AtomicInteger own = claims.get(head.id());
          if (own != null) {
            own.incrementAndGet();
            left.decrementAndGet();
          }
        }
      }
      return null;
    };
  }

  @Test
  void one_execution_is_claimed_by_one_of_many_threads() throws Exception {
    String id = released(worker(), ExecutionStatus.PARKED, 0).id();
    List<Callable<Boolean>> claimers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FlowStore handle = another();
      String worker = worker();
      claimers.add(() -> get(handle.claim(worker, id)).isPresent());
    }
    assertThat(Together.run(claimers)).filteredOn(won -> won).hasSize(1);
    assertThat(head(id).epoch()).isEqualTo(2);
  }

  @Test
  void an_execution_is_created_by_one_of_many_threads() throws Exception {
    String id = name("execution");
    List<Callable<Commit.Result>> creators = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FlowStore handle = another();
      Commit step = Commit.create(execution(id, worker()), Integer.toString(i));
      creators.add(() -> get(handle.commit(List.of(step))).get(0));
    }
    List<Commit.Result> results = Together.run(creators);
    assertThat(results).containsOnlyOnce(Commit.Result.APPLIED).contains(Commit.Result.EXISTS);
    assertThat(results).hasSize(THREADS).doesNotContain(Commit.Result.FENCED);
    int winner = results.indexOf(Commit.Result.APPLIED);
    assertThat(pages(id)).containsExactly(Integer.toString(winner));
  }
}
