package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.journal.Standings;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The store behind {@code JdbcStore}: which work is done on which thread. */
public final class Store implements FlowStore {
  private static final int LONGEST_WORKER = 64;

  /**
   * The longest that a commit or a renewal may go without an answer: more than it may wait for a
   * lock, and little enough for a lease to outlive a connection that went silent.
   */
  private static final Duration SHORT = Duration.ofSeconds(10);

  /** The same for claims, lists and purges. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Tells the workers of this process from those of an earlier one. */
  private static final String PROCESS =
      ProcessHandle.current().pid()
          + "@"
          + ProcessHandle.current().info().startInstant().map(Object::toString).orElse("");

  private final Settings settings;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Doubts doubts = new Doubts();
  private final Standings standings = new Standings();
  private volatile Runnable listener = () -> {};
  private volatile @Nullable Parts parts;
  private volatile @Nullable StoreTraits traits;

  /**
   * What runs once the store is open.
   *
   * @param commits the lane of commits and leases, which never waits for a long list
   * @param others the lane of everything else; may be the same
   */
  private record Parts(Sql sql, Lane commits, Lane others, @Nullable Watch watch, Claims claims) {}

  /**
   * A store that is not open yet.
   *
   * @param settings where and how
   */
  public Store(Settings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized StoreTraits open() {
    if (closed.get()) {
      throw Refusals.closed();
    }
    StoreTraits known = traits;
    if (known != null) {
      return known;
    }
    try {
      Opened opened = prepare();
      parts = start(opened.sql());
      check();
      traits = opened.traits();
      return opened.traits();
    } catch (SQLException e) {
      stop();
      throw Failure.of(e).toException(e);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private record Opened(Sql sql, StoreTraits traits) {}

  private Opened prepare() throws SQLException {
    try (Connection connection = settings.source().getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      Dialect dialect = Dialects.of(connection, settings.schema(), settings.prefix());
      StoreTraits traits = dialect.check(connection);
      Sql sql = new Sql(dialect, settings.schema(), settings.prefix());
      new Migrator(sql, connection).run();
      checkAnother(dialect);
      connection.setAutoCommit(autoCommit);
      return new Opened(sql, traits);
    }
  }

  private void checkAnother(Dialect dialect) throws SQLException {
    Connection second = settings.connections() == 1 ? null : Probe.take(settings.source());
    if (second != null) {
      try (second) {
        dialect.checkAnother(second);
      }
    }
  }

  private Parts start(Sql sql) {
    DataSource source = settings.source();
    int connections =
        settings.connections() > 0 ? settings.connections() : Probe.connections(source);
    boolean one = connections == 1;
    Duration keep = one ? Duration.ZERO : sql.dialect().keep(settings.keep());
    Lane commits = new Lane("commit", 1, source, sql, keep, one ? LONG : SHORT);
    boolean watched = connections > 2;
    int threads = Math.max(1, connections - (watched ? 2 : 1));
    Lane others = one ? commits : new Lane("work", threads, source, sql, keep, LONG);
    Watch watch = watched ? new Watch(source, sql, this::wake) : null;
    Suspects suspects =
        new Suspects(
            watch == null ? null : sql.dialect().lifeSign(),
            settings.grace(),
            () -> {
              if (watch != null) {
                watch.wakeIn(settings.grace().toNanos());
              }
            });
    return new Parts(sql, commits, others, watch, new Claims(suspects));
  }

  /** Opens the first session, which finds out what is wrong with it, and clears up. */
  private void check() {
    try {
      commits()
          .submit(
              session ->
                  session.sql().dialect().shared() ? 0 : Workers.expireOthers(session, PROCESS))
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Parts parts() {
    Parts opened = parts;
    if (opened == null) {
      throw new IllegalStateException("the store is not open; call open() first");
    }
    return opened;
  }

  private Lane commits() {
    return parts().commits();
  }

  private Lane others() {
    return parts().others();
  }

  private void wake() {
    if (!closed.get()) {
      listener.run();
    }
  }

  @Override
  public void onWake(Runnable told) {
    listener = told;
  }

  @Override
  public CompletionStage<Long> now() {
    return commits().submit(Session::now);
  }

  // ---- workers

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    if (worker.isEmpty() || worker.length() > LONGEST_WORKER) {
      return CompletableFuture.failedFuture(
          Refusals.call("the id of a worker must have 1 to 64 characters, had " + worker.length()));
    }
    return commits()
        .submit(doubts.enlist(worker, micros(lease), PROCESS))
        .whenComplete(
            (granted, failure) -> {
              Watch watch = parts().watch();
              if (failure == null && watch != null) {
                watch.hold(worker);
              }
            });
  }

  private static long micros(Duration lease) {
    return TimeUnit.NANOSECONDS.toMicros(lease.toNanos());
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    long micros = micros(lease);
    return commits().submit(Again.of(session -> Workers.renew(session, worker, micros)));
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return commits()
        .submit(Again.of(session -> Workers.retire(session, worker)))
        .whenComplete(
            (done, failure) -> {
              Parts opened = parts();
              Watch watch = opened.watch();
              if (watch != null) {
                watch.drop(worker);
              }
              opened.claims().forget(worker);
              wake();
            })
        .<@Nullable Void>thenApply(done -> null);
  }

  // ---- executions

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> commits) {
    List<Commit> steps = List.copyOf(commits);
    String misuse = misuse(steps);
    if (misuse != null) {
      return CompletableFuture.failedFuture(Refusals.call(misuse));
    }
    if (steps.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Commits work = new Commits(steps, standings, this::wake);
    return commits()
        .submit(work)
        .whenComplete(
            (results, failure) -> {
              if (failure == null) {
                work.committed(results);
              } else {
                work.failed();
              }
            });
  }

  @Override
  public Optional<List<Commit.Result>> commitHere(List<Commit> commits) {
    List<Commit> steps = List.copyOf(commits);
    String misuse = misuse(steps);
    if (misuse != null) {
      throw Refusals.call(misuse);
    }
    Commits work = new Commits(steps, standings, this::wake);
    try {
      Optional<List<Commit.Result>> results = commits().here(work);
      results.ifPresent(work::committed);
      return results;
    } catch (RuntimeException e) {
      work.failed();
      throw e;
    }
  }

  /** What is wrong with a call, or null; before anything of it is written. */
  private static @Nullable String misuse(List<Commit> steps) {
    Set<String> ids = new HashSet<>(steps.size() * 2);
    for (Commit step : steps) {
      if (!ids.add(step.executionId())) {
        return "a call must not hold two steps of one execution";
      }
      NewExecution created = step.create();
      if (created != null
          && !(created.id().equals(step.executionId())
              && step.worker().equals(created.worker())
              && step.epoch() == 1
              && step.position() == 1)) {
        return "a step that creates an execution must be its first, by its own worker";
      }
      for (NewExecution child : step.children()) {
        if (child.worker() != null && !child.worker().equals(step.worker())) {
          return "a child belongs to the worker that creates it, or to nobody";
        }
      }
    }
    return null;
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return claim(worker, parts().claims().due(worker, limit));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return claim(worker, parts().claims().one(worker, executionId))
        .thenApply(records -> records.stream().findFirst());
  }

  private CompletionStage<List<ExecutionRecord>> claim(
      String worker, Work<List<ExecutionRecord>> work) {
    return others()
        .submit(work)
        .whenComplete(
            (records, failure) -> {
              if (failure == null) {
                parts().claims().answered(worker, records);
              }
            });
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    List<String> ids = List.copyOf(executionIds);
    return others().submit(Again.of(session -> Reading.load(session, ids)));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    return others().submit(Again.of(session -> Reading.find(session, executionId)));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    return others().submit(Again.of(session -> Reading.list(session, query)));
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    Set<ExecutionStatus> wanted = Set.copyOf(statuses);
    return others().submit(session -> Reading.purge(session, wanted, finishedBeforeMicros, limit));
  }

  // ---- messages and events

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    OutgoingMessage outgoing = new OutgoingMessage(executionId, message);
    return waking(others().submit(new Send(outgoing)));
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    return others().submit(Again.of(session -> Reading.inbox(session, worker, limit)));
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    return waking(others().submit(Again.of(session -> Events.publish(session, event))));
  }

  private <T> CompletionStage<T> waking(CompletionStage<T> stage) {
    return stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            wake();
          }
        });
  }

  // ---- records

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return others().submit(Again.of(session -> Records.read(session, kind, key)));
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return others().submit(doubts.write(kind, key, revision, value));
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    return others().submit(Again.of(session -> Records.scan(session, kind, prefix, after, limit)));
  }

  // ---- within a transaction of the caller

  /**
   * Creates an execution within a transaction of the caller.
   *
   * @param connection the caller's
   * @param execution what to create
   * @param flow content of the record of its flow, or null when it is there
   * @return whether it was created
   */
  public boolean create(Connection connection, NewExecution execution, byte @Nullable [] flow) {
    if (execution.worker() != null) {
      throw new IllegalArgumentException(
          "an execution that joins a transaction has no worker before it is claimed");
    }
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "the connection must have a transaction; call setAutoCommit(false) before");
      }
      return create(Session.within(parts().sql(), connection), execution, flow);
    } catch (SQLException e) {
      throw Failure.of(e).toException(e);
    }
  }

  private static boolean create(Session session, NewExecution execution, byte @Nullable [] flow)
      throws SQLException {
    Dialect dialect = session.sql().dialect();
    dialect.makeDurable(session);
    if (flow != null) {
      Records.write(session, "flow-version", execution.flowHash(), 0, flow);
    }
    Slots.lock(session, Places.queues(List.of(execution)).stream().map(Places::slot).toList());
    List<NewRow> rows = List.of(NewRow.unowned(execution, session.now()).inQueue());
    Set<String> created = dialect.create(session, rows);
    Executions.attributes(session, rows, created);
    if (!created.isEmpty()) {
      Places.enter(session, List.of(execution));
      dialect.tellOthers(session);
    }
    session.closeStatements();
    return !created.isEmpty();
  }

  // ---- end

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stop();
    }
  }

  private void stop() {
    Parts opened = parts;
    if (opened == null) {
      return;
    }
    Watch watch = opened.watch();
    if (watch != null) {
      watch.end();
      endWaiting(opened);
      watch.close();
    }
    opened.others().close();
    opened.commits().close();
  }

  /** Ends the wait for news, in which the thread cannot be interrupted. */
  private static void endWaiting(Parts opened) {
    CompletionStage<Boolean> told =
        opened
            .commits()
            .submit(
                session -> {
                  session.sql().dialect().tellOthers(session);
                  return true;
                });
    try {
      told.toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException ignored) {
      // Then it ends by itself, half a second later.
    }
  }
}
