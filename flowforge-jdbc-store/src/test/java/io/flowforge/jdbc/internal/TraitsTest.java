package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are too weak are refused, by name of what is wrong. */
final class TraitsTest {
  private static final Map<String, String> POSTGRES =
      Map.of(
          "server_version", "18.1",
          "server_version_num", "180001",
          "fsync", "on",
          "full_page_writes", "on",
          "server_encoding", "UTF8",
          "transaction_read_only", "off",
          "standby", "false");

  private static final Map<String, String> MARIADB =
      Map.of(
          "version", "11.4.5-MariaDB",
          "read_only", "OFF",
          "log_bin", "OFF",
          "sync_binlog", "0",
          "binlog_format", "MIXED",
          "innodb_doublewrite", "ON",
          "innodb_flush_log_at_trx_commit", "1");

  private static final Map<String, String> MYSQL =
      Map.of(
          "version", "8.0.12",
          "version_comment", "MySQL Community Server - GPL",
          "read_only", "OFF",
          "log_bin", "ON",
          "sync_binlog", "1",
          "binlog_format", "ROW",
          "innodb_doublewrite", "ON",
          "innodb_flush_log_at_trx_commit", "1",
          "character_set_client", "utf8mb4",
          "character_set_connection", "utf8mb4");

  @Test
  void good_servers_survive_a_loss_of_power() {
    assertThat(PostgresDialect.traits(POSTGRES).durability()).isEqualTo(Durability.OS_CRASH);
    assertThat(PostgresDialect.traits(POSTGRES).name()).isEqualTo("PostgreSQL 18.1");
    assertThat(MariaDbDialect.traits(MARIADB).durability()).isEqualTo(Durability.OS_CRASH);
    assertThat(MariaDbDialect.traits(MARIADB).name()).isEqualTo("MariaDB 11.4.5");
    assertThat(MySqlDialect.traits(MYSQL).durability()).isEqualTo(Durability.OS_CRASH);
    assertThat(MySqlDialect.traits(MYSQL).name()).isEqualTo("MySQL 8.0.12");
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, off, FF-STORE-DURABILITY",
    "full_page_writes, off, FF-STORE-DURABILITY",
    "server_encoding, SQL_ASCII, FF-STORE-SETTING",
    "server_version_num, 120022, FF-STORE-SERVER",
    "standby, true, FF-STORE-UNAVAILABLE",
    "transaction_read_only, on, FF-STORE-UNAVAILABLE"
  })
  void a_weak_postgresql_is_refused(String name, String value, String code) {
    Map<String, String> settings = new HashMap<>(POSTGRES);
    settings.put(name, value);
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> PostgresDialect.traits(settings));
    assertThat(told.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "innodb_flush_log_at_trx_commit, 2, FF-STORE-DURABILITY",
    "innodb_flush_log_at_trx_commit, 0, FF-STORE-DURABILITY",
    "innodb_doublewrite, OFF, FF-STORE-DURABILITY",
    "log_bin, ON, FF-STORE-DURABILITY",
    "version, 10.5.29-MariaDB, FF-STORE-SERVER",
    "version, 8.0.36, FF-STORE-SERVER",
    "read_only, ON, FF-STORE-UNAVAILABLE"
  })
  void a_weak_mariadb_is_refused(String name, String value, String code) {
    Map<String, String> settings = new HashMap<>(MARIADB);
    settings.put(name, value);
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> MariaDbDialect.traits(settings));
    assertThat(told.code()).isEqualTo(code);
  }

  @Test
  void a_binary_log_must_be_safe_and_not_of_statements() {
    Map<String, String> settings = new HashMap<>(MARIADB);
    settings.put("log_bin", "ON");
    settings.put("sync_binlog", "1");
    assertThat(MariaDbDialect.traits(settings).durability()).isEqualTo(Durability.OS_CRASH);
    settings.put("binlog_format", "STATEMENT");
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> MariaDbDialect.traits(settings));
    assertThat(told.code()).isEqualTo("FF-STORE-SETTING");
  }

  @ParameterizedTest
  @CsvSource({
    "innodb_flush_log_at_trx_commit, 2, FF-STORE-DURABILITY",
    "innodb_doublewrite, OFF, FF-STORE-DURABILITY",
    "innodb_doublewrite, DETECT_ONLY, FF-STORE-DURABILITY",
    "innodb_redo_log_enabled, OFF, FF-STORE-DURABILITY",
    "sync_binlog, 0, FF-STORE-DURABILITY",
    "sync_binlog, 100, FF-STORE-DURABILITY",
    "binlog_format, STATEMENT, FF-STORE-SETTING",
    "character_set_client, latin1, FF-STORE-SETTING",
    "character_set_connection, utf8, FF-STORE-SETTING",
    "version, 5.7.44-log, FF-STORE-SERVER",
    "version, 8.0.0-dmr, FF-STORE-SERVER",
    "version, 11.4.5-MariaDB, FF-STORE-SERVER",
    "version, 8.0.11-TiDB-v7.5.0, FF-STORE-SERVER",
    "version_comment, Vitess, FF-STORE-SERVER",
    "read_only, ON, FF-STORE-UNAVAILABLE"
  })
  void a_weak_mysql_is_refused(String name, String value, String code) {
    Map<String, String> settings = new HashMap<>(MYSQL);
    settings.put(name, value);
    StoreException told =
        catchThrowableOfType(StoreException.class, () -> MySqlDialect.traits(settings));
    assertThat(told.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "5.7.44-log, MySQL 5.7.44-log is too old; it must be 8.0.1 or later",
    "10.6.4-MariaDB, take MariaDB's own driver",
    "8.0.11-TiDB-v7.5.0, no store is made for TiDB"
  })
  void what_is_refused_as_mysql_says_what_to_take(String version, String message) {
    Map<String, String> settings = new HashMap<>(MYSQL);
    settings.put("version", version);
    assertThatThrownBy(() -> MySqlDialect.traits(settings)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.1", "8.0.36-0ubuntu0.22.04.1", "8.4.3", "9.1.0", "10.0.0"})
  void versions_of_mysql_from_8_0_1_are_taken(String version) {
    Map<String, String> settings = new HashMap<>(MYSQL);
    settings.put("version", version);
    settings.put("innodb_doublewrite", "DETECT_AND_RECOVER");
    settings.put("innodb_redo_log_enabled", "ON");
    assertThat(MySqlDialect.traits(settings).name()).startsWith("MySQL " + version.split("-")[0]);
  }
}
