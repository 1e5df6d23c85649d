package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreTraits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one database does otherwise than the others; the only place that knows which it is. */
interface Dialect {
  /** Locks what is due and not locked by others. */
  String DUE =
      "SELECT id, queue FROM {execution} WHERE claim_at <= {now} ORDER BY claim_at LIMIT ?"
          + " FOR UPDATE SKIP LOCKED";

  /** Name of the schema scripts. */
  String scripts();

  /** Expression for the clock of the database, in microseconds since 1970. */
  String now();

  /** What follows a column that is to be one of so many values, with parameters. */
  default String in(int count) {
    return "= ANY (?)";
  }

  /** How many values a list of so many is filled up to. */
  default int width(int count) {
    return 1;
  }

  /** How many values a list should have at most. */
  default int widest() {
    return 1000;
  }

  /** Sets the parameters of {@link #in}; gives the number of the next one. */
  default int bind(PreparedStatement statement, int at, List<String> values) throws SQLException {
    Object[] columns = values.stream().map(this::toColumn).toArray();
    statement.setArray(at, statement.getConnection().createArrayOf("VARCHAR", columns));
    return at + 1;
  }

  /** What a text is stored as; refused when it cannot be. */
  default String toColumn(String text) {
    return Texts.whole(text);
  }

  /** Takes back {@link #toColumn}. */
  default String fromColumn(String column) {
    return column;
  }

  /** Keeps others from locking a row for a change, but not from renewing a lease. */
  String shareLock();

  /** Locks a row for a change of what is not its key. */
  String rowLock();

  /** Orders the rows of a locking statement, so that two of them never wait for each other. */
  default String inOrder() {
    return "ORDER BY id";
  }

  /** Finds out what the database promises; throws when that is too little. */
  StoreTraits check(Connection connection) throws SQLException;

  /** Looks at a second connection, made after {@link #check} and while the first is open. */
  default void checkAnother(Connection connection) throws SQLException {}

  /** Makes the session what the statements need; what it gives takes that back. */
  Undo adjust(Connection connection) throws SQLException;

  /** How long an idle session may be kept, of the time that is wanted. */
  default Duration keep(Duration wanted) {
    return wanted;
  }

  /** Takes the lock under which the tables are made; what it gives releases it. */
  Undo lockSchema(Connection connection, String name) throws SQLException;

  /** Whether tables can be made within a transaction. */
  default boolean transactionalTables() {
    return false;
  }

  /** Whether a list of pages is one statement, which may then be a transaction by itself. */
  default boolean appendsAtOnce() {
    return false;
  }

  /** Lets a session plan the statements of steps once, which are the same for all steps. */
  default void keepPlans(Session session) throws SQLException {}

  /** Gives new values to the heads of executions that are locked, as {@link Commits#HEAD} does. */
  default void heads(Session session, List<@Nullable Object[]> rows) throws SQLException {
    session.batch(Commits.HEAD, rows);
  }

  /** The table of journal pages; always the same. */
  Pages pages();

  /** How a step is written that comes alone; null when only the long way leads there. */
  default @Nullable ShortWay shortWay() {
    return null;
  }

  /** The column of an execution {@code e} by which an index finds those that ended long ago. */
  default String oldestFirst() {
    return "e.finished";
  }

  /**
   * Locks those executions that may be claimed and that nobody else claims, longest due first;
   * notes those that are in a queue.
   */
  default List<String> due(Session session, int limit, Set<String> queued) throws SQLException {
    return session.query(DUE, row -> dueId(row, queued), limit);
  }

  /** The id of one that is due. */
  static String dueId(Row row, Set<String> queued) throws SQLException {
    if (row.optionalText(2) != null) {
      queued.add(row.text(1));
    }
    return row.text(1);
  }

  /** Creates those executions that are not there; gives the ids of the new ones. */
  default Set<String> create(Session session, List<NewRow> rows) throws SQLException {
    return Executions.create(session, rows);
  }

  /** Whether the database may be used by several processes. */
  boolean shared();

  /** How a live worker is told from a dead one before its lease ends; null when it cannot be. */
  default @Nullable LifeSign lifeSign() {
    return null;
  }

  /** Tells other processes, once the transaction is committed, that something may have changed. */
  default void tellOthers(Session session) throws SQLException {}

  /** Makes the transaction under way as durable as the store promises. */
  default void makeDurable(Session session) throws SQLException {}

  /** Takes something back. */
  @FunctionalInterface
  interface Undo {
    /** Takes it back. */
    void run() throws SQLException;
  }
}
