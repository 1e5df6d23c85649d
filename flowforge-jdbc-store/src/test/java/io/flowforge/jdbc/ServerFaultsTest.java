package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL server that refuses for a while: nothing is lost, and nothing is opened anew. */
final class ServerFaultsTest {
  private JdbcStore store;
  private String worker;
  private String id;

  private void open(String database) throws SQLException {
    store = JdbcStore.at(Postgres.url(database));
    store.open();
    worker = Steps.worker(store);
    id = Steps.created(store, worker);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  private static void run(String database, String... statements) throws SQLException {
    try (Connection connection = Postgres.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void cut(String database) throws SQLException {
    run(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "' AND pid <> pg_backend_pid()");
  }

  /** Has the first so many inserts of pages meet something. */
  private static void trap(String database, int times, String what) throws SQLException {
    run(
        database,
        "CREATE SEQUENCE trapped",
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('trapped') <= "
            + times
            + " THEN "
            + what
            + "; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER trap BEFORE INSERT ON flowforge_page FOR EACH ROW EXECUTE FUNCTION trap()");
  }

  private Commit page(long position) {
    return Commit.page(id, worker, 1, position, "\"" + position + "\"");
  }

  private Commit.Result write(long position) {
    return get(store.commit(List.of(page(position)))).get(0);
  }

  private StoreException refused(long position) {
    return catchThrowableOfType(StoreException.class, () -> write(position));
  }

  private static void assertPasses(StoreException refusal) {
    assertThat(refusal.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(refusal.code()).isEqualTo("FF-STORE-UNAVAILABLE");
  }

  @Test
  void a_writer_goes_on_while_its_sessions_are_ended() throws Exception {
    open("ended");
    AtomicLong written = new AtomicLong(1);
    Thread writer = new Thread(() -> writeUpTo(300, written), "writer");
    writer.start();
    for (int turn = 1; turn <= 5; turn++) {
      long mark = 40L * turn;
      Steps.eventually(() -> written.get() > mark);
      cut("ended");
    }
    writer.join(60_000);
    assertThat(Steps.pages(store, id))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 300).mapToObj(i -> "\"" + i + "\"").toList());
  }

  private void writeUpTo(long last, AtomicLong written) {
    while (written.get() < last) {
      long next = written.get() + 1;
      StoreException refusal = refused(next);
      if (refusal == null) {
        written.set(next);
      } else {
        assertThat(refusal.kind()).isNotEqualTo(StoreException.Kind.FATAL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void a_transaction_that_lost_against_another_is_made_again(String state) throws SQLException {
    String database = "lost_" + state.toLowerCase(java.util.Locale.ROOT);
    open(database);
    trap(database, 3, "RAISE EXCEPTION 'lost' USING ERRCODE = '" + state + "'");
    assertThat(write(2)).isEqualTo(Commit.Result.APPLIED);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
  }

  @Test
  void one_that_loses_for_ever_is_refused_for_now() throws SQLException {
    open("loses");
    trap("loses", 7, "RAISE EXCEPTION 'lost' USING ERRCODE = '40001'");
    assertPasses(refused(2));
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"");
    assertThat(write(2)).isEqualTo(Commit.Result.APPLIED);
  }

  @Test
  void a_database_that_takes_no_writes_is_tried_again_on_another_connection() throws SQLException {
    open("readonly");
    run("settings", "ALTER DATABASE readonly SET default_transaction_read_only = on");
    cut("readonly");
    // The session that was cut may have written before.
    assertThat(refused(2).kind()).isNotEqualTo(StoreException.Kind.FATAL);
    assertPasses(refused(2));
    run("settings", "ALTER DATABASE readonly SET default_transaction_read_only = off");
    assertThat(write(2)).isEqualTo(Commit.Result.APPLIED);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
  }

  @Test
  void a_statement_that_is_cut_off_for_its_time_has_written_nothing() throws SQLException {
    open("slow");
    trap("slow", 1, "PERFORM pg_sleep(60)");
    run("settings", "ALTER DATABASE slow SET statement_timeout = '3s'");
    cut("slow");
    assertThat(refused(2).kind()).isNotEqualTo(StoreException.Kind.FATAL);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"");
    assertThat(write(2)).isEqualTo(Commit.Result.APPLIED);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
  }

  @Test
  void a_table_that_is_locked_for_long_is_not_waited_for_without_end() throws SQLException {
    open("locked");
    try (Connection connection = Postgres.connect("locked");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE flowforge_page IN ACCESS EXCLUSIVE MODE");
      assertPasses(refused(2));
      connection.rollback();
    }
    assertThat(write(2)).isEqualTo(Commit.Result.APPLIED);
  }

  @Test
  void a_server_without_a_free_connection_is_told_and_tried_again() throws SQLException {
    run(
        "full_house",
        "CREATE ROLE crowd LOGIN CONNECTION LIMIT 6",
        "CREATE SCHEMA AUTHORIZATION crowd");
    String url = Postgres.url("full_house").replace("user=postgres", "user=crowd");
    List<Connection> others = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      others.add(DriverManager.getConnection(url));
    }
    JdbcStore crowded = JdbcStore.at(url);
    assertPasses(catchThrowableOfType(StoreException.class, crowded::open));
    for (Connection other : others) {
      other.close();
    }
    try (crowded) {
      Steps.eventually(() -> catchThrowableOfType(StoreException.class, crowded::open) == null);
      assertThat(Steps.created(crowded, Steps.worker(crowded))).isNotEmpty();
    }
  }
}
