package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A random history of queues. After each call the store and the {@link QueueModel} must agree on
 * who is in line, who may be claimed and who is owned by whom: so a limit that is passed, a turn
 * that is missed and a place that is lost all show at once.
 */
final class QueueHistory {
  private static final int WORKERS = 3;
  private static final int MOST_OPEN = 12;
  private static final QueuePlace.WhenFull[] WHEN_FULL = {
    QueuePlace.WhenFull.WAIT,
    QueuePlace.WhenFull.WAIT,
    QueuePlace.WhenFull.WAIT,
    QueuePlace.WhenFull.WAIT_ALONE,
    QueuePlace.WhenFull.REFUSE,
    QueuePlace.WhenFull.DISPLACE
  };

  private final StoreBench bench;
  private final SplittableRandom random;
  private final String seed;
  private final QueueModel model = new QueueModel();
  private final List<String> workers = new ArrayList<>();
  private final List<String> queues;
  private final List<String> ids = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  QueueHistory(StoreBench bench, long seed) {
    this.bench = bench;
    this.random = new SplittableRandom(seed);
    this.seed = "seed " + seed;
    this.queues = List.of(bench.name("queue"), bench.name("queue"), bench.name("queue"));
    for (int i = 0; i < WORKERS; i++) {
      workers.add(bench.worker());
    }
  }

  /** Makes a call and compares. */
  void next() {
    int dice = random.nextInt(100);
    List<QueueModel.One> open = model.open();
    if (open.isEmpty() || dice < 30 && open.size() < MOST_OPEN) {
      create();
    } else if (dice < 45) {
      claimAll();
    } else if (dice < 52) {
      claimOne(any(open));
    } else if (dice < 76) {
      step(any(open));
    } else if (dice < 84) {
      send(any(open), Message.Kind.CANCEL);
    } else if (dice < 90) {
      send(any(open), Message.Kind.SIGNAL);
    } else {
      lose();
    }
    agree();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  // ---- calls

  private void create() {
    String worker = any(workers);
    NewExecution created = bench.execution(bench.name("execution"), worker);
    QueuePlace place = place();
    told.add("create " + created.id() + " by " + worker + " at " + place);
    Commit step =
        Commit.create(created.withPlace(place), "\"first\"")
            .with(HeadChange.released(ExecutionStatus.PENDING, null, 1));
    if (expect(step, worker)) {
      ids.add(created.id());
      model.accept(created.id(), place);
    }
  }

  private QueuePlace place() {
    int queue = random.nextInt(queues.size());
    // The limits of the last one change, as when the versions of a flow differ.
    int limit = queue == 2 ? 1 + random.nextInt(3) : queue + 1;
    int priority = random.nextInt(3) - 1;
    QueuePlace.WhenFull whenFull = WHEN_FULL[random.nextInt(WHEN_FULL.length)];
    return new QueuePlace(queues.get(queue), limit, whenFull, priority, 0);
  }

  private void claimAll() {
    String worker = living();
    told.add("claim by " + worker);
    // What other histories have left is claimed as well.
    assertThat(bench.claimAllIds(worker).stream().filter(ids::contains))
        .as(history())
        .containsExactlyInAnyOrderElementsOf(model.claim(worker));
  }

  private void claimOne(QueueModel.One one) {
    String worker = living();
    told.add("claim " + one.id() + " by " + worker);
    Optional<ExecutionRecord> found = StoreBench.get(bench.store().claim(worker, one.id()));
    assertThat(found.isPresent()).as(history()).isEqualTo(model.claim(worker, one));
  }

  /** A worker ends an execution, or lets go of it. */
  private void step(QueueModel.One one) {
    String worker = one.worker();
    if (worker == null) {
      claimOne(one);
      return;
    }
    boolean ends = random.nextInt(3) > 0;
    boolean due = random.nextBoolean();
    String what = ends ? "end " : due ? "leave " : "wait in ";
    told.add(what + one.id() + " by " + worker);
    HeadChange change =
        ends
            ? HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000)
            : HeadChange.released(ExecutionStatus.WAITING, null, due ? 1 : 0);
    ExecutionRecord head = bench.head(one.id());
    if (expect(Draft.after(head).change(change).readUpTo(head.inbox()).commit(), worker)) {
      if (ends) {
        model.end(one);
      } else {
        model.release(one, due, false);
      }
    }
  }

  /** Whether a step is taken, as it must be from the living alone. */
  private boolean expect(Commit step, String worker) {
    boolean alive = model.isAlive(worker);
    assertThat(bench.commit(step))
        .as(history())
        .isEqualTo(alive ? Commit.Result.APPLIED : Commit.Result.FENCED);
    return alive;
  }

  private void send(QueueModel.One one, Message.Kind kind) {
    told.add(kind + " to " + one.id());
    Message message = new Message(bench.name("message"), kind, "", "\"now\"");
    assertThat(StoreBench.get(bench.store().send(one.id(), message)))
        .as(history())
        .isEqualTo(Message.Receipt.STORED);
    if (kind == Message.Kind.CANCEL) {
      model.cancel(one);
    } else {
      model.tell(one);
    }
  }

  /** A worker dies or retires; of the dead, another may come in the place. */
  private void lose() {
    String worker = living();
    int place = workers.indexOf(worker);
    if (random.nextBoolean()) {
      told.add(worker + " retires");
      StoreBench.get(bench.store().retire(worker));
      model.free(worker);
      workers.set(place, bench.worker());
      return;
    }
    told.add(worker + " dies");
    bench.die(worker);
    model.die(worker);
    if (random.nextBoolean()) {
      workers.set(place, bench.worker());
    }
  }

  /** A worker that is alive, if need be a new one. */
  private String living() {
    List<String> alive = workers.stream().filter(model::isAlive).toList();
    if (alive.isEmpty()) {
      workers.set(0, bench.worker());
      return workers.get(0);
    }
    return any(alive);
  }

  // ---- comparing

  private void agree() {
    assertThat(state()).as(history()).isEqualTo(model.state());
  }

  /** What the store shows of all executions, in the order of acceptance. */
  private List<String> state() {
    long now = bench.now();
    Map<String, ExecutionRecord> heads = new HashMap<>();
    for (StoredExecution one : StoreBench.get(bench.store().load(ids))) {
      heads.put(one.head().id(), one.head());
    }
    return ids.stream().map(id -> show(id, heads.get(id), now)).toList();
  }

  private static String show(String id, @Nullable ExecutionRecord head, long now) {
    if (head == null) {
      return id + " is gone";
    }
    if (head.status().isFinal()) {
      return id + " ended";
    }
    boolean due = head.claimAtMicros() != 0 && head.claimAtMicros() <= now;
    return show(id, head.worker(), due, QueuePlace.REFUSED.equals(head.reason()));
  }

  static String show(String id, @Nullable String worker, boolean claimable, boolean refused) {
    return id
        + (worker == null ? "" : " of " + worker)
        + (claimable ? " claimable" : "")
        + (refused ? " refused" : "");
  }

  private String history() {
    return seed + " of\n" + String.join("\n", told) + "\n";
  }
}
