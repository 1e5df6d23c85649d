package io.flowforge.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history of one store. The same seed makes the same calls as long as the answers are the
 * same; what stores may answer differently is left out of the answers.
 */
final class StoreHistory {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final long HOUR = 3_600_000_000L;
  private static final int EXECUTIONS = 6;
  private static final int WORKERS = 3;
  private static final int EVENTS = 3;

  private final FlowStore store;
  private final SplittableRandom random;
  private final String mark;
  private final Consumer<Duration> passTime;
  private final List<String> workers = new ArrayList<>();
  private final Map<String, Commit> lastSteps = new HashMap<>();
  private final List<PublishedEvent> published = new ArrayList<>();
  private int pages;

  /** A call and its answer, as far as stores must agree on it. */
  record Step(String call, String outcome) {}

  StoreHistory(FlowStore store, long seed, String mark, Consumer<Duration> passTime) {
    this.store = store;
    this.random = new SplittableRandom(seed);
    this.mark = mark;
    this.passTime = passTime;
    for (int i = 0; i < WORKERS; i++) {
      enlist(i);
    }
  }

  private void enlist(int place) {
    String worker = mark + "-w" + place + "-" + pages++;
    get(store.enlist(worker, LEASE));
    if (place < workers.size()) {
      workers.set(place, worker);
    } else {
      workers.add(worker);
    }
  }

  Step next() {
    int dice = random.nextInt(100);
    if (dice < 12) {
      return create();
    } else if (dice < 40) {
      return step();
    } else if (dice < 45) {
      return stepAgain();
    } else if (dice < 58) {
      return send();
    } else if (dice < 66) {
      return claimAll();
    } else if (dice < 72) {
      return claimOne();
    } else if (dice < 80) {
      return publish();
    } else if (dice < 84) {
      return lose();
    } else if (dice < 90) {
      return mail();
    } else if (dice < 96) {
      return write();
    }
    return load();
  }

  // ---- calls

  private Step create() {
    String worker = worker();
    NewExecution created = execution(id(), worker);
    Draft draft = decorate(Draft.creating(created).page(page()), 0);
    return commit("create by " + worker, draft.commit());
  }

  private Step step() {
    String id = id();
    Optional<ExecutionRecord> head = get(store.find(id));
    if (head.isEmpty()) {
      return commit("step of nothing", Commit.page(id, worker(), 1, 1, page()));
    }
    ExecutionRecord known = head.get();
    String owner = known.worker();
    String worker = owner == null || random.nextInt(10) == 0 ? worker() : owner;
    Commit base = Commit.page(id, worker, known.epoch(), known.position() + 1, page());
    Draft draft = decorate(Draft.like(base), known.inbox());
    if (random.nextInt(10) == 0) {
      draft.epoch(known.epoch() + 1);
    }
    if (random.nextInt(2) == 0) {
      draft.change(change());
    }
    return commit("step by " + worker, draft.commit());
  }

  private Step stepAgain() {
    Commit last = lastSteps.get(id());
    if (last == null) {
      return load();
    }
    return commit("again", last);
  }

  private Step commit(String what, Commit commit) {
    Commit.Result result = get(store.commit(List.of(commit))).get(0);
    if (result == Commit.Result.APPLIED) {
      lastSteps.put(commit.executionId(), commit);
    }
    String change =
        commit.change() == null ? "" : " to " + commit.change().status() + " " + when(commit);
    String call =
        "%s: %s page %d%s, %d children, awaits %s, forgets %s, %d messages, read %d"
            .formatted(
                what,
                commit.executionId(),
                commit.position(),
                change,
                commit.children().size(),
                commit.awaits(),
                commit.forgets(),
                commit.messages().size(),
                commit.readUpTo());
    return new Step(call, result + " " + state(commit.executionId()));
  }

  private static String when(Commit commit) {
    HeadChange change = Objects.requireNonNull(commit.change());
    return change.release() ? "released" : "kept";
  }

  private Step send() {
    String id = id();
    Message message = message();
    Message.Receipt receipt = get(store.send(id, message));
    boolean ended = get(store.find(id)).filter(head -> head.status().isFinal()).isPresent();
    // Whether a message is known is not said of executions that take no more.
    String shown = ended ? "FINAL" : receipt.toString();
    return new Step("send " + message.id() + " to " + id, shown + " " + state(id));
  }

  private Step claimAll() {
    String worker = worker();
    return new Step("claim for " + worker, unlessFenced(() -> claimAll(worker)));
  }

  private String claimAll(String worker) {
    List<String> own = new ArrayList<>();
    for (List<ExecutionRecord> some = get(store.claim(worker, 100));
        !some.isEmpty();
        some = get(store.claim(worker, 100))) {
      some.stream().filter(head -> head.id().startsWith(mark)).forEach(head -> own.add(show(head)));
    }
    return own.stream().sorted().toList().toString();
  }

  private Step claimOne() {
    String worker = worker();
    String id = id();
    String outcome =
        unlessFenced(() -> get(store.claim(worker, id)).map(this::show).orElse("empty"));
    return new Step("claim " + id + " for " + worker, outcome);
  }

  private Step publish() {
    PublishedEvent event;
    if (!published.isEmpty() && random.nextInt(4) == 0) {
      event = published.get(random.nextInt(published.size()));
    } else {
      String id = mark + "-p" + published.size();
      String name = event();
      long until = get(store.now()) + HOUR;
      event = new PublishedEvent(id, name, correlation(), "\"" + id + "\"", until);
      published.add(event);
    }
    String call = "publish " + event.id() + " " + event.event() + " " + event.correlation();
    return new Step(call, get(store.publish(event)) + " " + state());
  }

  /** A worker dies or retires, and another comes in its place. */
  private Step lose() {
    int place = random.nextInt(WORKERS);
    String worker = workers.get(place);
    if (random.nextInt(2) == 0) {
      get(store.retire(worker));
      enlist(place);
      return new Step("retire " + worker, state());
    }
    boolean alive =
        !unlessFenced(() -> get(store.renew(worker, Duration.ofMillis(1))).toString())
            .equals("fenced");
    passTime.accept(Duration.ofMillis(2));
    if (!alive || random.nextBoolean()) {
      enlist(place);
    }
    return new Step("lose " + worker, state());
  }

  private Step mail() {
    String worker = worker();
    // To the dead their mail may be shown or not.
    String outcome =
        unlessFenced(
            () -> {
              get(store.renew(worker, LEASE));
              return get(store.inbox(worker, 1000)).stream()
                  .filter(one -> one.executionId().startsWith(mark))
                  .collect(Collectors.groupingBy(ReceivedMessage::executionId))
                  .entrySet()
                  .stream()
                  .map(one -> one.getKey() + show(one.getValue()))
                  .sorted()
                  .toList()
                  .toString();
            });
    return new Step("mail of " + worker, outcome);
  }

  private Step write() {
    String key = "k" + random.nextInt(3);
    long revision = random.nextInt(4);
    byte[] value = random.nextInt(4) == 0 ? null : page().getBytes(UTF_8);
    if (value == null && revision == 0) {
      // Deleting what is not there: nobody does.
      return load();
    }
    boolean written = get(store.write(mark, key, revision, value));
    String what = value == null ? "delete " : "write ";
    return new Step(what + key + " at " + revision, written + " " + records());
  }

  private Step load() {
    String id = id();
    return new Step("load " + id, state(id));
  }

  // ---- chance

  private Draft decorate(Draft draft, long inbox) {
    if (random.nextInt(6) == 0) {
      draft.child(execution(id(), random.nextBoolean() ? null : draft.commit().worker()));
    }
    if (random.nextInt(4) == 0) {
      draft.await(eventWait());
    }
    if (random.nextInt(6) == 0) {
      draft.forget(eventWait());
    }
    if (random.nextInt(5) == 0) {
      draft.tell(id(), message());
    }
    if (random.nextInt(2) == 0) {
      draft.readUpTo(random.nextInt(4) == 0 ? inbox / 2 : inbox);
    }
    return draft;
  }

  private HeadChange change() {
    ExecutionStatus waiting =
        random.nextInt(4) == 0 ? ExecutionStatus.PARKED : ExecutionStatus.WAITING;
    return switch (random.nextInt(8)) {
      case 0, 1 -> HeadChange.to(ExecutionStatus.RUNNING, random.nextBoolean());
      case 2, 3 -> HeadChange.released(waiting, "R" + random.nextInt(3), 0);
      case 4 -> HeadChange.released(waiting, null, 1);
      case 5 -> HeadChange.released(waiting, null, 253_402_300_799_999_999L);
      case 6 -> HeadChange.ended(ExecutionStatus.FAILED, "FF-FAIL", 2_000_000);
      default -> HeadChange.to(ExecutionStatus.PAUSED, false);
    };
  }

  private String worker() {
    return workers.get(random.nextInt(WORKERS));
  }

  private String id() {
    return mark + "-e" + random.nextInt(EXECUTIONS);
  }

  private String event() {
    return mark + "-v" + random.nextInt(EVENTS);
  }

  private String correlation() {
    return random.nextInt(3) == 0 ? "c" : "";
  }

  private EventWait eventWait() {
    String name = event();
    String correlation = correlation();
    // One path for each event: two of one execution would come in no order that is promised.
    return new EventWait(name, correlation, "at-" + name + correlation);
  }

  private Message message() {
    String id = "m" + random.nextInt(12);
    return new Message(id, Message.Kind.SIGNAL, "news", "\"" + id + "\"");
  }

  private String page() {
    return "\"" + pages++ + "\"";
  }

  private static NewExecution execution(String id, @Nullable String worker) {
    return new NewExecution(id, "flow", "hash", "", Map.of(), "{}", 1_000_000, worker);
  }

  // ---- what all stores must agree on

  /** All executions and records. */
  String state() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < EXECUTIONS; i++) {
      all.add(state(mark + "-e" + i));
    }
    all.add(records());
    return String.join("\n", all);
  }

  private String state(String id) {
    Stream<StoredExecution> found = get(store.load(List.of(id))).stream();
    return found
        .map(one -> show(one.head()) + " " + one.pages() + " " + show(one.unread()))
        .findFirst()
        .orElse(id + " is not there");
  }

  private String records() {
    return get(store.scan(mark, "", "", 100)).stream().map(StoreHistory::show).toList().toString();
  }

  private static String show(StoredRecord one) {
    return one.key() + "@" + one.revision() + "=" + new String(one.value(), UTF_8);
  }

  /** Without the epoch: by how much it rises is the store's affair. */
  private String show(ExecutionRecord head) {
    String due =
        head.claimAtMicros() == 0
            ? "never"
            : head.claimAtMicros() <= get(store.now()) ? "due" : "later";
    return "%s %s/%s of %s, page %d, inbox %d, %d recoveries, %s, ended %d"
        .formatted(
            head.id(),
            head.status(),
            head.reason(),
            head.worker(),
            head.position(),
            head.inbox(),
            head.recoveries(),
            due,
            head.finishedMicros());
  }

  /** Without the ids of events' messages, which are the store's affair. */
  private static String show(List<ReceivedMessage> messages) {
    return messages.stream()
        .map(
            one ->
                "%d:%s %s %s %s"
                    .formatted(
                        one.number(),
                        one.message().kind(),
                        one.message().kind() == Message.Kind.EVENT ? "" : one.message().id(),
                        one.message().name(),
                        one.message().payload()))
        .toList()
        .toString();
  }

  private static String unlessFenced(Supplier<String> call) {
    try {
      return call.get();
    } catch (FencedException fenced) {
      return "fenced";
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return StoreBench.get(stage);
  }
}
