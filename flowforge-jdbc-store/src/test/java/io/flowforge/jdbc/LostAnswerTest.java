package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server has committed, and the client never hears of it. */
final class LostAnswerTest {
  private Relay relay;
  private JdbcStore store;
  private String worker;

  private void open(String database) throws IOException, SQLException {
    String url =
        switch (database) {
          case "mysql" -> MySql.url("answers");
          case "mariadb" -> MariaDb.url("answers");
          default -> Postgres.url("answers") + "&prepareThreshold=0";
        };
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    relay = new Relay(port);
    store = JdbcStore.at(url.replace(":" + port + "/", ":" + relay.port() + "/"));
    store.open();
    worker = Steps.worker(store);
  }

  @AfterEach
  void close() throws IOException {
    if (store != null) {
      store.close();
      relay.close();
    }
  }

  private Commit.Result commit(Commit step) {
    return get(store.commit(List.of(step))).get(0);
  }

  /** A second step that no database writes by a single statement. */
  private Commit withMessage(String id) {
    Message message = new Message("m", Message.Kind.SIGNAL, "go", "null");
    return new Commit(
        id,
        worker,
        1,
        2,
        "\"2\"",
        null,
        HeadChange.to(ExecutionStatus.RUNNING, true),
        List.of(),
        List.of(),
        List.of(),
        List.of(new OutgoingMessage("nobody", message)),
        0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
  void a_step_is_asked_for_again_and_stands_once(String database) throws Exception {
    open(database);
    String id = Steps.created(store, worker);
    Commit step = withMessage(id);
    relay.cutAnswerTo("COMMIT");
    assertThat(commit(step)).isEqualTo(Commit.Result.APPLIED);
    assertThat(relay.caught()).isEqualTo(1);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
    assertThat(commit(Commit.page(id, worker, 1, 3, "\"3\""))).isEqualTo(Commit.Result.APPLIED);
  }

  @ParameterizedTest
  @ValueSource(strings = "postgresql")
  void a_page_without_a_commit_of_its_own_is_asked_for_again(String database) throws Exception {
    open(database);
    String id = Steps.created(store, worker);
    relay.cutAnswerTo("RETURNING execution_id");
    assertThat(commit(Commit.page(id, worker, 1, 2, "\"2\""))).isEqualTo(Commit.Result.APPLIED);
    assertThat(relay.caught()).isEqualTo(1);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = "postgresql")
  void first_and_last_steps_that_are_one_statement_are_asked_for_again(String database)
      throws Exception {
    open(database);
    NewExecution created = Steps.execution(worker);
    relay.cutAnswerTo("RETURNING execution_id");
    assertThat(commit(Commit.create(created, "\"1\""))).isEqualTo(Commit.Result.APPLIED);
    relay.cutAnswerTo("RETURNING execution_id");
    Commit end =
        Commit.page(created.id(), worker, 1, 2, "\"2\"")
            .with(HeadChange.ended(ExecutionStatus.COMPLETED, null, 7));
    assertThat(commit(end)).isEqualTo(Commit.Result.APPLIED);
    assertThat(relay.caught()).isEqualTo(2);
    assertThat(Steps.pages(store, created.id())).containsExactly("\"1\"", "\"2\"");
    assertThat(Steps.head(store, created.id()).status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
  void when_nobody_can_be_asked_the_outcome_is_unknown(String database) throws Exception {
    open(database);
    String id = Steps.created(store, worker);
    Commit step = withMessage(id);
    relay.refuse(true);
    relay.cutAnswerTo("COMMIT");
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> get(store.commit(List.of(step))));
    assertThat(told.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
    relay.refuse(false);
    assertThat(commit(step)).isEqualTo(Commit.Result.APPLIED);
    assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
  void a_claim_is_told_by_the_next_one(String database) throws Exception {
    open(database);
    String id = Steps.created(store, worker);
    commit(
        Commit.page(id, worker, 1, 2, "\"2\"")
            .with(HeadChange.released(ExecutionStatus.WAITING, null, 1)));
    String next = Steps.worker(store);
    relay.refuse(true);
    relay.cutAnswerTo("COMMIT");
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> get(store.claim(next, 10)));
    assertThat(told.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
    relay.refuse(false);
    assertThat(get(store.claim(next, 10))).extracting(ExecutionRecord::id).containsExactly(id);
    assertThat(Steps.head(store, id).worker()).isEqualTo(next);
    assertThat(get(store.claim(next, 10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
  void records_workers_and_messages_are_asked_for_again(String database) throws Exception {
    open(database);
    String kind = "kind-" + UUID.randomUUID();
    relay.cutAnswerTo("COMMIT");
    assertThat(get(store.write(kind, "key", 0, new byte[] {1}))).isTrue();
    assertThat(get(store.write(kind, "key", 0, new byte[] {1}))).isFalse();
    String another = "worker-" + UUID.randomUUID();
    relay.cutAnswerTo("COMMIT");
    assertThat(get(store.enlist(another, Duration.ofHours(1))).untilMicros()).isPositive();
    String id = Steps.created(store, worker);
    Message message = new Message("m", Message.Kind.SIGNAL, "news", "1");
    relay.cutAnswerTo("COMMIT");
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> get(store.send(id, message)));
    assertThat(told.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
    assertThat(get(store.send(id, message))).isEqualTo(Message.Receipt.DUPLICATE);
    assertThat(relay.caught()).isEqualTo(3);
  }
}
