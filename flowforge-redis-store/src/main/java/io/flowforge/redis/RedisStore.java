package io.flowforge.redis;

import static io.flowforge.redis.Arguments.text;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.internal.journal.Standings;
import io.flowforge.redis.Script.Effect;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.SharedCache;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps executions in Redis 6.2 or later, or in Valkey.
 *
 * <pre>{@code
 * FlowStore store = RedisStore.connect("redis://localhost:6379");
 * }</pre>
 *
 * <p>The server must append to a file ({@code appendonly yes}) and must not delete keys when its
 * memory is full ({@code maxmemory-policy noeviction}); {@link #open} refuses others with {@code
 * FF-STORE-DURABILITY}. With {@code appendfsync always} writes survive a loss of power, otherwise
 * the death of processes. No key has a time to live but the results that nodes cache.
 *
 * <p>Thread-safe. Stages complete on threads of the connection: what hangs on them must not block.
 */
public final class RedisStore implements FlowStore {
  /** The version of the keys that this class writes. */
  private static final int VERSION = 1;

  /** Executions that one script frees or deletes. */
  private static final int BATCH = 500;

  /** Leases are cut to ten years, which scores of sorted sets keep to the microsecond. */
  private static final Duration LONGEST_LEASE = Duration.ofDays(3650);

  private static final int LONGEST_WORKER = 64;

  private final RedisStoreBuilder options;
  private final String prefix;
  private final Wakes wakes = new Wakes();
  private final Standings standings = new Standings();
  private volatile @Nullable Opened opened;
  private volatile boolean closed;

  /** What there is between {@link #open} and {@link #close}. */
  private record Opened(Server server, Calls calls, StoreTraits traits) {}

  RedisStore(RedisStoreBuilder options) {
    this.options = options;
    this.prefix = "{" + options.prefix + "}:";
  }

  /**
   * A store with default options; it connects when it is opened.
   *
   * @param uri such as {@code redis://user:password@host:6379/0}, {@code rediss://…} for TLS, or
   *     {@code redis-sentinel://…}
   * @return the store
   */
  public static RedisStore connect(String uri) {
    return builder(uri).build();
  }

  /**
   * Begins the options of a store.
   *
   * @param uri as for {@link #connect}
   * @return the options
   */
  public static RedisStoreBuilder builder(String uri) {
    return new RedisStoreBuilder(uri);
  }

  @Override
  public synchronized StoreTraits open() {
    if (closed) {
      throw closed();
    }
    if (opened != null) {
      return opened.traits;
    }
    // A server that was started anew may have lost the last of what it has answered.
    Server server = Server.connect(options.uri, options.timeout, prefix, standings::clear);
    try {
      ServerCheck check = new ServerCheck(server.info());
      check.checkServer();
      StoreTraits traits =
          check.traits(Server.join(server.settings()), options.accepted, options.stated);
      Calls calls = enter(server);
      server.loadScripts();
      server.listen(prefix + "wake", wakes);
      opened = new Opened(server, calls, traits);
      return traits;
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  private static Calls enter(Server server) {
    // Not behind an id: this script is the one that tells it.
    List<Object> facts = Server.join(server.run(Script.OPEN, new Arguments().add(VERSION)));
    if (!text(facts.get(1)).equals(String.valueOf(VERSION))) {
      throw new StoreException(
          StoreException.Kind.FATAL,
          "FF-STORE-SCHEMA",
          "the keys have version "
              + text(facts.get(1))
              + ", and this library reads version "
              + VERSION,
          null);
    }
    server.belongTo((byte[]) facts.get(0));
    return new Calls(String.valueOf(facts.get(2)));
  }

  @Override
  public CompletionStage<Optional<Durability>> durability() {
    return options.stated != null
        ? CompletableFuture.completedFuture(Optional.empty())
        : with(open -> open.server.settings().thenApply(ServerCheck::level));
  }

  @Override
  public CompletionStage<Long> now() {
    return with(
        open ->
            open.server
                .call(Effect.READS, commands -> commands.time())
                .thenApply(
                    time ->
                        Long.parseLong(text(time.get(0))) * 1_000_000
                            + Long.parseLong(text(time.get(1)))));
  }

  // ---- workers

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    if (worker.isEmpty() || worker.length() > LONGEST_WORKER) {
      return CompletableFuture.failedFuture(
          CommitCall.misuse(
              "the id of a worker must have 1 to 64 characters, had " + worker.length()));
    }
    return lease(Script.ENLIST, worker, lease)
        .thenApply(
            granted -> {
              wakes.add(worker);
              return granted;
            });
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    Opened open = opened;
    if (open != null) {
      open.server.pulse();
    }
    return lease(Script.RENEW, worker, lease);
  }

  private CompletionStage<Lease> lease(Script script, String worker, Duration lease) {
    Duration cut = lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
    Arguments arguments = new Arguments().add(worker).add(cut.toNanos() / 1000);
    return with(
        open ->
            open.server
                .<List<Object>>run(script, arguments)
                .thenApply(
                    answer -> {
                      String first = text(answer.get(0));
                      if (first.equals("FENCED")) {
                        throw new FencedException(worker);
                      }
                      return new Lease(Long.parseLong(first), Long.parseLong(text(answer.get(1))));
                    }));
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return with(open -> retire(open, worker));
  }

  private CompletableFuture<@Nullable Void> retire(Opened open, String worker) {
    Arguments arguments = new Arguments().add(worker).add(BATCH);
    return open.server
        .<Long>run(Script.RETIRE, arguments)
        .thenCompose(
            more -> {
              if (more != 0) {
                return retire(open, worker);
              }
              wakes.remove(worker);
              open.calls.forget(worker);
              return CompletableFuture.<@Nullable Void>completedFuture(null);
            });
  }

  // ---- executions

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> commits) {
    return with(
        open -> {
          CommitCall.check(commits);
          FaultPoints.hit("store.commit.before");
          List<CompletableFuture<List<Commit.Result>>> parts = new ArrayList<>();
          for (List<Commit> part : CommitCall.parts(commits)) {
            parts.add(commitPart(open, part));
          }
          return parts.size() == 1 ? parts.get(0) : joined(parts);
        });
  }

  private CompletableFuture<List<Commit.Result>> commitPart(Opened open, List<Commit> commits) {
    CommitCall.Order order = CommitCall.order(commits, standings);
    return open.server
        .<List<Object>>run(Script.COMMIT, CommitCall.arguments(commits, order))
        .thenApply(
            answer -> {
              FaultPoints.hit("store.commit.after");
              List<Commit.Result> results = CommitCall.results(answer, order);
              standings.committed(commits, results);
              return results;
            })
        .whenComplete(
            (results, failure) -> {
              if (failure != null) {
                standings.forget(commits);
              }
            });
  }

  private static <T> CompletableFuture<List<T>> joined(List<CompletableFuture<List<T>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> parts.stream().flatMap(part -> part.join().stream()).toList());
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return claim(Script.CLAIM, worker, String.valueOf(Math.max(0, limit)));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return claim(Script.CLAIM_ONE, worker, executionId)
        .thenApply(heads -> heads.stream().findFirst());
  }

  private CompletionStage<List<ExecutionRecord>> claim(Script script, String worker, String what) {
    return with(
        open -> {
          FaultPoints.hit("store.claim.before");
          String call = open.calls.next();
          List<String> lost = open.calls.lost(worker);
          Arguments arguments = new Arguments().add(worker).add(what).add(call);
          lost.forEach(arguments::add);
          return claim(open, script, worker, arguments)
              .whenComplete(
                  (heads, failure) -> {
                    if (failure == null && script == Script.CLAIM) {
                      open.calls.found(worker, lost);
                    } else if (isUnknown(failure)) {
                      open.calls.lose(worker, call);
                    }
                  });
        });
  }

  private static boolean isUnknown(@Nullable Throwable failure) {
    return failure != null
        && Failures.of(failure, Effect.WRITES) instanceof StoreException known
        && known.kind() == StoreException.Kind.UNKNOWN;
  }

  private static CompletableFuture<List<ExecutionRecord>> claim(
      Opened open, Script script, String worker, Arguments arguments) {
    return open.server
        .<List<Object>>run(script, arguments)
        .thenCompose(
            answer ->
                switch (text(answer.get(0))) {
                  case "FENCED" ->
                      CompletableFuture.<List<ExecutionRecord>>failedFuture(
                          new FencedException(worker));
                  // The dead left much behind; others get their turn between two batches of it.
                  case "MORE" -> claim(open, script, worker, arguments);
                  default -> {
                    FaultPoints.hit("store.claim.after");
                    yield CompletableFuture.completedFuture(Heads.from(answer, 1));
                  }
                });
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    return with(
        open -> {
          List<CompletableFuture<List<StoredExecution>>> parts =
              executionIds.stream()
                  .distinct()
                  .map(
                      id ->
                          open.server
                              .<List<Object>>run(Script.LOAD, new Arguments().add(id))
                              .thenApply(answer -> Heads.whole(answer).stream().toList()))
                  .toList();
          return joined(parts);
        });
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    return with(
        open ->
            open.server
                .<List<@Nullable Object>>run(Script.FIND, new Arguments().add(executionId))
                .thenApply(answer -> Optional.ofNullable(answer.get(0)).map(Heads::head)));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    byte[] high = Arguments.bytes(ListCall.high(query));
    return with(open -> list(open, query, high, List.of()));
  }

  private static CompletableFuture<List<ExecutionRecord>> list(
      Opened open, ExecutionQuery query, byte[] high, List<ExecutionRecord> before) {
    int most = query.limit() - before.size();
    return open.server
        .<List<Object>>run(Script.LIST, ListCall.arguments(query, high, most))
        .thenCompose(
            answer -> {
              List<ExecutionRecord> found = new ArrayList<>(before);
              found.addAll(Heads.from(answer, 1));
              byte[] next = (byte[]) answer.get(0);
              return next.length == 0
                  ? CompletableFuture.completedFuture(List.copyOf(found))
                  : list(open, query, next, found);
            });
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    return with(open -> purge(open, statuses, finishedBeforeMicros, Math.max(0, limit), 0));
  }

  private static CompletableFuture<Integer> purge(
      Opened open, Set<ExecutionStatus> statuses, long before, int limit, int done) {
    int most = Math.min(BATCH, limit - done);
    Arguments arguments = new Arguments().add("(" + SortedTime.of(before)).add(most);
    statuses.stream().filter(ExecutionStatus::isFinal).forEach(one -> arguments.add(one.name()));
    return open.server
        .<Long>run(Script.PURGE, arguments)
        .thenCompose(
            deleted -> {
              int all = done + deleted.intValue();
              return deleted < most || all == limit
                  ? CompletableFuture.completedFuture(all)
                  : purge(open, statuses, before, limit, all);
            });
  }

  // ---- messages and events

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    Arguments arguments =
        new Arguments()
            .add(executionId)
            .add(message.id())
            .add(message.kind().name())
            .add(message.name())
            .add(message.payload());
    return with(
        open -> {
          FaultPoints.hit("store.send.before");
          return open.server
              .<byte[]>run(Script.SEND, arguments)
              .thenApply(
                  answer -> {
                    FaultPoints.hit("store.send.after");
                    return Message.Receipt.valueOf(text(answer));
                  });
        });
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    Arguments arguments = new Arguments().add(worker).add(Math.max(0, limit));
    return with(
        open ->
            open.server
                .<List<Object>>run(Script.INBOX, arguments)
                .thenApply(
                    answer -> {
                      List<ReceivedMessage> found = new ArrayList<>();
                      for (Object one : answer) {
                        List<?> execution = (List<?>) one;
                        Heads.readMessages(
                            text(execution.get(0)), (List<?>) execution.get(1), found);
                      }
                      return found;
                    }));
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    Arguments arguments =
        new Arguments()
            .add(event.id())
            .add(event.event())
            .add(event.correlation())
            .add(event.payload())
            .add(event.keepUntilMicros());
    return with(open -> open.server.<Long>run(Script.PUBLISH, arguments).thenApply(Long::intValue));
  }

  // ---- records

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return with(
        open ->
            open.server
                .<byte @Nullable []>run(Script.READ, new Arguments().add(kind).add(key))
                .thenApply(
                    found -> Optional.ofNullable(found).map(one -> Records.read(kind, key, one))));
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return with(
        open -> {
          Arguments arguments =
              new Arguments().add(kind).add(key).add(revision).add(open.calls.next());
          if (value != null) {
            arguments.add(value);
          }
          return open.server.<Long>run(Script.WRITE, arguments).thenApply(done -> done == 1);
        });
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    Arguments arguments = Records.scan(kind, prefix, after, Math.max(0, limit));
    return with(
        open ->
            open.server
                .<List<Object>>run(Script.SCAN, arguments)
                .thenApply(answer -> Records.readAll(kind, answer)));
  }

  // ---- cache

  @Override
  public Optional<SharedCache> cache() {
    return Optional.of(new RedisCache(this::run));
  }

  private <T> CompletionStage<T> run(Script script, Arguments arguments) {
    return with(open -> open.server.run(script, arguments));
  }

  // ---- waking and closing

  @Override
  public void onWake(Runnable listener) {
    wakes.tell(Objects.requireNonNull(listener, "listener"));
  }

  /** Blocks for up to some seconds; not to be called on a thread of the store. */
  @Override
  public synchronized void close() {
    closed = true;
    Opened open = opened;
    opened = null;
    if (open != null) {
      open.server.close();
    }
  }

  private <T> CompletionStage<T> with(Function<Opened, CompletionStage<T>> call) {
    Opened open = opened;
    if (open == null) {
      return CompletableFuture.failedFuture(closed());
    }
    try {
      return call.apply(open);
    } catch (StoreException refused) {
      return CompletableFuture.failedFuture(refused);
    } catch (RedisException failed) {
      return CompletableFuture.failedFuture(Failures.of(failed, Effect.WRITES));
    }
  }

  private static StoreException closed() {
    return new StoreException(
        StoreException.Kind.FATAL, "FF-STORE-CLOSED", "the store is not open", null);
  }
}
