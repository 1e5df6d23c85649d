package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.StoredExecution;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: who has lost an execution changes nothing in it. */
abstract class StoreFencing extends StoreClaims {
  /** Methods that write on behalf of a worker; {@link #assertRefused} calls each of them. */
  private static final Set<String> FOR_A_WORKER =
      Set.of(
          "renew(String,Duration)",
          "commit(List)",
          "commitHere(List)",
          "claim(String,int)",
          "claim(String,String)");

  /** Methods that write, whoever calls them. */
  private static final Set<String> FOR_NOBODY =
      Set.of(
          "enlist(String,Duration)",
          "retire(String)",
          "purge(Set,long,int)",
          "send(String,Message)",
          "publish(PublishedEvent)",
          "write(String,String,long,byte[])");

  private static final Set<String> READING =
      Set.of(
          "now()",
          "durability()",
          "load(List)",
          "find(String)",
          "list(ExecutionQuery)",
          "inbox(String,int)",
          "read(String,String)",
          "scan(String,String,String,int)");

  private static final Set<String> OF_THE_HANDLE =
      Set.of("open()", "cache()", "onWake(Runnable)", "close()");

  /** An execution that somebody lost, as its old owner knows it, and as it stands now. */
  private record Lost(ExecutionRecord known, StoredExecution now) {}

  @Test
  void no_method_of_the_interface_is_forgotten_here() {
    Set<String> told = new TreeSet<>(FOR_A_WORKER);
    told.addAll(FOR_NOBODY);
    told.addAll(READING);
    told.addAll(OF_THE_HANDLE);
    assertThat(Arrays.stream(FlowStore.class.getMethods()).map(StoreFencing::signature))
        .containsExactlyInAnyOrderElementsOf(told);
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  @Test
  void a_worker_whose_lease_has_ended_is_refused() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    die(worker);
    assertAllRefused(lost(known));
  }

  @Test
  void a_worker_that_is_buried_is_refused() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    die(worker);
    get(store().claim(worker(), name("nothing")));
    assertAllRefused(lost(known));
  }

  @Test
  void a_worker_that_has_retired_is_refused() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    get(store().retire(worker));
    assertAllRefused(lost(known));
  }

  @Test
  void a_worker_whose_execution_was_taken_over_is_refused() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    die(worker);
    claim(worker(), known.id());
    assertAllRefused(lost(known));
  }

  @Test
  void a_worker_that_has_given_the_execution_back_is_refused() {
    ExecutionRecord known = created(worker());
    applied(Draft.after(known).change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    Lost lost = new Lost(next(known), whole(known.id()));
    assertRefused(lost, "commit(List)");
    claim(worker(), known.id());
    assertRefused(new Lost(next(known), whole(known.id())), "commit(List)");
  }

  @Test
  void a_worker_that_claims_again_is_refused_under_its_old_epoch() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    applied(Draft.after(known).change(HeadChange.released(ExecutionStatus.WAITING, null, 0)));
    claim(worker, known.id());
    assertRefused(new Lost(next(known), whole(known.id())), "commit(List)");
  }

  @Test
  void a_worker_that_never_owned_the_execution_is_refused() {
    ExecutionRecord head = created(worker());
    Draft stolen = Draft.after(head).worker(worker());
    assertThat(commit(stolen)).isEqualTo(Commit.Result.FENCED);
    assertThat(commit(Draft.after(head).epoch(2))).isEqualTo(Commit.Result.FENCED);
    assertThat(head(head.id())).isEqualTo(head);
  }

  @Test
  void a_worker_without_a_lease_creates_nothing() {
    String dead = worker();
    die(dead);
    NewExecution created = execution(name("execution"), dead);
    NewExecution stranger = execution(name("execution"), name("stranger"));
    assertThat(commit(Commit.create(created, "{}"))).isEqualTo(Commit.Result.FENCED);
    assertThat(commit(Commit.create(stranger, "{}"))).isEqualTo(Commit.Result.FENCED);
    assertThat(get(store().find(created.id()))).isEmpty();
  }

  @Test
  void a_lost_execution_sends_its_old_owner_no_mail() {
    String worker = worker();
    ExecutionRecord known = created(worker);
    send(known.id(), name("message"));
    die(worker);
    claim(worker(), known.id());
    assertThat(get(store().inbox(worker, 10))).isEmpty();
  }

  private Lost lost(ExecutionRecord known) {
    return new Lost(known, whole(known.id()));
  }

  /** What the owner of one more page knows. */
  private static ExecutionRecord next(ExecutionRecord known) {
    return new ExecutionRecord(
        known.id(),
        known.flowId(),
        known.flowHash(),
        known.tenant(),
        known.attributes(),
        known.start(),
        known.status(),
        known.reason(),
        known.worker(),
        known.epoch(),
        known.position() + 1,
        known.inbox(),
        known.recoveries(),
        known.claimAtMicros(),
        known.startedMicros(),
        known.finishedMicros());
  }

  private void assertAllRefused(Lost lost) {
    FOR_A_WORKER.forEach(method -> assertRefused(lost, method));
  }

  private void assertRefused(Lost lost, String method) {
    String worker = String.valueOf(lost.known.worker());
    String id = lost.known.id();
    switch (method) {
      case "renew(String,Duration)" -> assertFenced(store().renew(worker, LEASE));
      case "claim(String,int)" -> assertFenced(store().claim(worker, 1));
      case "claim(String,String)" -> assertFenced(store().claim(worker, id));
      case "commit(List)" -> assertStepsRefused(lost.known);
      case "commitHere(List)" ->
          // It may decline as well.
          assertThat(store().commitHere(List.of(Draft.after(lost.known).commit())).stream())
              .allMatch(List.of(Commit.Result.FENCED)::equals);
      default -> throw new AssertionError("tell how to call " + method + " without the right to");
    }
    assertThat(whole(id)).as("the execution after %s", method).isEqualTo(lost.now);
  }

  private void assertStepsRefused(ExecutionRecord known) {
    EventWait wait = new EventWait(name("event"), "", "wait");
    NewExecution child = execution(name("child"), null);
    ExecutionRecord receiver = created(worker());
    for (HeadChange change :
        List.of(
            HeadChange.to(ExecutionStatus.RUNNING, true),
            HeadChange.released(ExecutionStatus.WAITING, null, 1),
            HeadChange.ended(ExecutionStatus.COMPLETED, null, 1))) {
      Draft step =
          Draft.after(known)
              .page("\"stale\"")
              .change(change)
              .child(child)
              .await(wait)
              .tell(receiver.id(), message("stale"))
              .readUpTo(known.inbox());
      assertThat(commit(step)).isEqualTo(Commit.Result.FENCED);
    }
    assertThat(get(store().find(child.id()))).isEmpty();
    assertThat(unread(receiver.id())).isEmpty();
    PublishedEvent event = new PublishedEvent(name("id"), wait.event(), "", "{}", now() + 1);
    assertThat(get(store().publish(event))).as("waits of a refused step").isZero();
  }
}
