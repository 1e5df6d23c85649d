package io.flowforge.jdbc;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.jdbc.internal.Own;
import io.flowforge.jdbc.internal.Settings;
import io.flowforge.jdbc.internal.Store;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store on H2 (a file), PostgreSQL from 13, MariaDB from 10.6 or MySQL from 8.0.1.
 *
 * <pre>{@code
 * JdbcStore store = JdbcStore.of(dataSource);
 * }</pre>
 *
 * <p>The host brings driver and pool; which database it is, is found out. {@link #open} makes the
 * tables, or brings them up to date, and refuses a database that may lose what it acknowledged.
 *
 * <p><b>Connections.</b> At most four, or one less than the pool gives, and one from a pool of one;
 * {@link Builder#connections} says otherwise. A connection is given back a second after its last
 * use, with the settings it came with. From three connections on, one is held all the time: by it
 * other processes wake this one (PostgreSQL), and find out early when it has died (PostgreSQL,
 * MariaDB, MySQL). Autocommit may be on or off. A proxy that changes the server's connection
 * between transactions does not do.
 *
 * <p><b>Threads.</b> All are daemons whose names begin with {@code flowforge-jdbc}; {@link #close}
 * ends them. Stages complete on them, so what is attached to a stage must not wait for another.
 * {@link #commitHere} writes on the thread that calls it, when no other commit is under way.
 *
 * <p>Thread-safe.
 */
public final class JdbcStore implements FlowStore {
  private static final Duration KEEP = Duration.ofSeconds(1);
  private static final Duration KEEP_OWN = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int OWN_CONNECTIONS = 4;

  private final Store store;

  private JdbcStore(Store store) {
    this.store = store;
  }

  /**
   * A store on the database of a host.
   *
   * @param source gives connections; it is not closed
   * @return the store, not open yet
   */
  public static JdbcStore of(DataSource source) {
    return builder(source).build();
  }

  /**
   * A store with options.
   *
   * @param source gives connections; it is not closed
   * @return options to set
   */
  public static Builder builder(DataSource source) {
    return new Builder(Objects.requireNonNull(source, "source"));
  }

  /**
   * A store with connections of its own, for programs without a pool. The driver must be on the
   * class path or module path.
   *
   * @param url such as {@code jdbc:h2:file:./flows}, with user and password as the driver takes
   *     them
   * @return the store, not open yet
   */
  public static JdbcStore at(String url) {
    return at(url, new Properties());
  }

  /**
   * A store with connections of its own.
   *
   * @param url such as {@code jdbc:postgresql://host/flows}; {@code jdbc:mysql:} is left to
   *     MariaDB's driver when that of MySQL is not there
   * @param properties {@code user}, {@code password} and what else the driver knows
   * @return the store, not open yet
   */
  public static JdbcStore at(String url, Properties properties) {
    Properties copy = new Properties();
    copy.putAll(properties);
    return new Builder(new Own(url, copy)).connections(OWN_CONNECTIONS).keep(KEEP_OWN).build();
  }

  /** Options of a store. Not thread-safe. */
  public static final class Builder {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private final DataSource source;
    private String schema = "";
    private String prefix = "flowforge_";
    private int connections;
    private Duration keep = KEEP;

    private Builder(DataSource source) {
      this.source = source;
    }

    /**
     * Where the tables are; it must exist. Without it they are in the connection's own schema. On
     * MariaDB and MySQL it is the name of a database.
     *
     * @param name 1 to 30 small letters, digits and underscores
     * @return this
     */
    public Builder schema(String name) {
      schema = name(name);
      return this;
    }

    /**
     * What the names of the tables begin with: {@code flowforge_} unless set.
     *
     * @param text 1 to 30 small letters, digits and underscores
     * @return this
     */
    public Builder tablePrefix(String text) {
      prefix = name(text);
      return this;
    }

    /**
     * How many connections to use at most. With 1 all calls wait for each other; with 2 only those
     * of a kind; from 3 on other processes can wake this one.
     *
     * @param most 1 to 64
     * @return this
     */
    public Builder connections(int most) {
      if (most < 1 || most > 64) {
        throw new IllegalArgumentException("connections must be 1 to 64, was " + most);
      }
      connections = most;
      return this;
    }

    private Builder keep(Duration time) {
      keep = time;
      return this;
    }

    private static String name(String text) {
      if (!NAME.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "a name must be 1 to 30 small letters, digits and underscores, was \"" + text + '"');
      }
      return text;
    }

    /**
     * The store.
     *
     * @return the store, not open yet
     */
    public JdbcStore build() {
      return new JdbcStore(
          new Store(new Settings(source, schema, prefix, connections, keep, GRACE)));
    }
  }

  /**
   * Creates an execution within a transaction of the caller, so that "save the order and start the
   * flow" is one. Nothing runs before the caller commits, and then the first worker that looks
   * claims it. The connection must lead to the store's database.
   *
   * @param connection with autocommit off; it is neither committed nor closed
   * @param execution what to create; without a worker
   * @return false when an execution with this id exists
   * @throws io.flowforge.spi.store.StoreException when the database refuses it; the transaction may
   *     be of no use any more
   */
  public boolean create(Connection connection, NewExecution execution) {
    return store.create(connection, execution, null);
  }

  /**
   * Creates an execution within a transaction of the caller, and the record of its flow.
   *
   * @param connection with autocommit off; it is neither committed nor closed
   * @param execution what to create; without a worker
   * @param flow content of the record of kind {@code flow-version} with the flow's hash as its key;
   *     not written when that record exists
   * @return false when an execution with this id exists
   * @throws io.flowforge.spi.store.StoreException when the database refuses it; the transaction may
   *     be of no use any more
   */
  public boolean create(Connection connection, NewExecution execution, byte[] flow) {
    return store.create(connection, execution, flow.clone());
  }

  @Override
  public StoreTraits open() {
    return store.open();
  }

  @Override
  public CompletionStage<Long> now() {
    return store.now();
  }

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    return store.enlist(worker, lease);
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    return store.renew(worker, lease);
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return store.retire(worker);
  }

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> commits) {
    return store.commit(commits);
  }

  @Override
  public Optional<List<Commit.Result>> commitHere(List<Commit> commits) {
    return store.commitHere(commits);
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return store.claim(worker, limit);
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return store.claim(worker, executionId);
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    return store.load(executionIds);
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    return store.find(executionId);
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    return store.list(query);
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    return store.purge(statuses, finishedBeforeMicros, limit);
  }

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    return store.send(executionId, message);
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    return store.inbox(worker, limit);
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    return store.publish(event);
  }

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return store.read(kind, key);
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return store.write(kind, key, revision, value);
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    return store.scan(kind, prefix, after, limit);
  }

  @Override
  public void onWake(Runnable listener) {
    store.onWake(listener);
  }

  @Override
  public void close() {
    store.close();
  }
}
