package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about an H2 file. */
final class H2FileTest {
  @TempDir Path folder;

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("a file\u00e9");
  }

  private static StoreException refusal(String url) {
    try (JdbcStore store = JdbcStore.at(url)) {
      return catchThrowableOfType(StoreException.class, store::open);
    }
  }

  @Test
  void it_is_written_without_delay() throws SQLException {
    try (JdbcStore store = JdbcStore.at(url());
        Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      StoreTraits traits = store.open();
      assertThat(traits.durability()).isEqualTo(Durability.PROCESS_CRASH);
      assertThat(traits.shared()).isFalse();
      try (ResultSet result =
          statement.executeQuery(
              "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                  + " WHERE SETTING_NAME = 'WRITE_DELAY'")) {
        result.next();
        assertThat(result.getString(1)).isEqualTo("0");
      }
    }
  }

  @Test
  void a_url_with_a_delay_is_refused() {
    assertThat(refusal(url() + ";WRITE_DELAY=500").code()).isEqualTo("FF-STORE-DURABILITY");
  }

  @Test
  void a_file_for_several_processes_is_refused() {
    assertThat(refusal(url() + ";AUTO_SERVER=TRUE").code()).isEqualTo("FF-STORE-SETTING");
  }

  @Test
  void memory_promises_nothing() {
    try (JdbcStore store = JdbcStore.at("jdbc:h2:mem:brief;DB_CLOSE_DELAY=-1")) {
      assertThat(store.open().durability()).isEqualTo(Durability.NONE);
    }
  }

  @Test
  void a_damaged_file_is_refused_and_not_begun_anew() throws IOException {
    try (JdbcStore store = JdbcStore.at(url())) {
      store.open();
      Steps.created(store, Steps.worker(store));
    }
    Path file = folder.resolve("a file\u00e9.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, (byte) 'x');
    Files.write(file, bytes);
    assertThat(refusal(url()).code()).isEqualTo("FF-STORE-CORRUPT");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void workers_of_an_earlier_process_are_dead_at_once() throws SQLException {
    String lost;
    try (JdbcStore store = JdbcStore.at(url())) {
      store.open();
      lost = Steps.created(store, Steps.worker(store));
    }
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE flowforge_worker SET process = 'another'");
    }
    try (JdbcStore store = JdbcStore.at(url())) {
      store.open();
      assertThat(get(store.claim(Steps.worker(store), 10)))
          .extracting(ExecutionRecord::id)
          .containsExactly(lost);
      assertThat(Steps.head(store, lost).recoveries()).isEqualTo(1);
    }
  }

  @Test
  void workers_of_this_process_live_on_when_another_store_is_opened() {
    try (JdbcStore one = JdbcStore.at(url());
        JdbcStore other = JdbcStore.at(url())) {
      one.open();
      String id = Steps.created(one, Steps.worker(one));
      other.open();
      assertThat(get(other.claim(Steps.worker(other), 10))).isEmpty();
      assertThat(Steps.head(other, id).worker()).isNotNull();
    }
  }
}
