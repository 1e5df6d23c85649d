package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * The words in which the store kit speaks.
 *
 * <p>Other tests may have left executions in the store. So names are random, workers live for an
 * hour unless they are made to die, and whoever claims passes over what is not its own.
 */
abstract class StoreBench {
  /** Longer than any test. */
  static final Duration LEASE = Duration.ofHours(1);

  private static final int MOST_CLAIMED = 500;
  private static final int MOST_CLAIMS = 1_000;
  private static final long PATIENCE_SECONDS = 60;

  private final String mark = UUID.randomUUID().toString().substring(0, 13);
  private final List<FlowStore> handles = Collections.synchronizedList(new ArrayList<>());
  private @Nullable FlowStore first;
  private final AtomicInteger names = new AtomicInteger();

  abstract FlowStore connect();

  abstract void passTime(Duration duration);

  @AfterEach
  void closeHandles() {
    handles.forEach(FlowStore::close);
  }

  /** The handle that most tests use; opened when it is first asked for. */
  final FlowStore store() {
    if (first == null) {
      first = another();
    }
    return first;
  }

  /** One more open handle, as another process has it. */
  final FlowStore another() {
    FlowStore handle = connect();
    handles.add(handle);
    handle.open();
    return handle;
  }

  final String name(String what) {
    return what + "-" + mark + "-" + names.getAndIncrement();
  }

  final boolean isOwn(ExecutionRecord head) {
    return head.id().contains(mark);
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("the store failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("the store did not answer in a minute", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  static void assertFenced(CompletionStage<?> stage) {
    assertThat(failure(stage)).isInstanceOf(FencedException.class);
  }

  /** What a call fails with. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      Object result = get(stage);
      throw new AssertionError("expected a failure, got " + result);
    } catch (RuntimeException failed) {
      return failed;
    }
  }

  // ---- workers

  final String worker() {
    String worker = name("worker");
    get(store().enlist(worker, LEASE));
    return worker;
  }

  /** The lease of a worker ends, and nobody has noticed yet. */
  final void die(String worker) {
    get(store().renew(worker, Duration.ofMillis(1)));
    passTime(Duration.ofMillis(2));
  }

  /** Claims whatever may be claimed, and gives what is of this test. */
  final List<ExecutionRecord> claimAll(String worker) {
    List<ExecutionRecord> own = new ArrayList<>();
    List<ExecutionRecord> some = claimSome(worker);
    for (int calls = 1; !some.isEmpty(); calls++) {
      assertThat(calls).as("claims until nothing is left").isLessThan(MOST_CLAIMS);
      some.stream().filter(this::isOwn).forEach(own::add);
      some = claimSome(worker);
    }
    return own;
  }

  final List<String> claimAllIds(String worker) {
    return claimAll(worker).stream().map(ExecutionRecord::id).toList();
  }

  private List<ExecutionRecord> claimSome(String worker) {
    return get(store().claim(worker, MOST_CLAIMED));
  }

  /** Whether {@link #claimAll} would take an execution; then a new worker has it. */
  final boolean claimable(String id) {
    return claimAllIds(worker()).contains(id);
  }

  final ExecutionRecord claim(String worker, String id) {
    return get(store().claim(worker, id)).orElseThrow();
  }

  // ---- executions

  final long now() {
    return get(store().now());
  }

  final NewExecution execution(String id, @Nullable String worker) {
    return new NewExecution(id, "flow", "hash", "", Map.of(), "{}", 1_000_000, worker);
  }

  /** A new execution with one page. */
  final ExecutionRecord created(String worker) {
    return created(execution(name("execution"), worker));
  }

  final ExecutionRecord created(NewExecution created) {
    assertThat(commit(Commit.create(created, "\"first\""))).isEqualTo(Commit.Result.APPLIED);
    return head(created.id());
  }

  /** A new execution that nobody owns and that may be claimed from a time on. */
  final ExecutionRecord released(String worker, ExecutionStatus status, long claimAtMicros) {
    ExecutionRecord head = created(worker);
    applied(Draft.after(head).change(HeadChange.released(status, null, claimAtMicros)));
    return head(head.id());
  }

  /** A new execution that has ended. */
  final ExecutionRecord ended(String worker) {
    ExecutionRecord head = created(worker);
    applied(Draft.after(head).change(HeadChange.ended(ExecutionStatus.COMPLETED, null, 2_000_000)));
    return head(head.id());
  }

  final Commit.Result commit(Commit step) {
    return get(store().commit(List.of(step))).get(0);
  }

  final Commit.Result commit(Draft draft) {
    return commit(draft.commit());
  }

  final void applied(Draft draft) {
    assertThat(commit(draft)).isEqualTo(Commit.Result.APPLIED);
  }

  final ExecutionRecord head(String id) {
    return get(store().find(id)).orElseThrow(() -> new AssertionError("no execution " + id));
  }

  final StoredExecution whole(String id) {
    List<StoredExecution> found = get(store().load(List.of(id)));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  final List<String> pages(String id) {
    return whole(id).pages();
  }

  /** All ids that a query finds, page by page. */
  final List<String> listed(ExecutionQuery query) {
    List<String> ids = new ArrayList<>();
    ExecutionQuery next = query;
    for (List<ExecutionRecord> page = get(store().list(next));
        !page.isEmpty();
        page = get(store().list(next))) {
      assertThat(page.size()).isLessThanOrEqualTo(query.limit());
      page.forEach(head -> ids.add(head.id()));
      // Here already: a store that repeats itself would be asked for ever.
      assertThat(ids).as("ids page by page").doesNotHaveDuplicates();
      next = next.after(page.get(page.size() - 1));
    }
    return ids;
  }

  // ---- messages

  final Message message(String id) {
    return new Message(id, Message.Kind.SIGNAL, "news", "{\"a\":1}");
  }

  final Message.Receipt send(String executionId, String messageId) {
    return get(store().send(executionId, message(messageId)));
  }

  /** Ids of the messages that an execution has not read. */
  final List<String> unread(String executionId) {
    return whole(executionId).unread().stream().map(one -> one.message().id()).toList();
  }
}
