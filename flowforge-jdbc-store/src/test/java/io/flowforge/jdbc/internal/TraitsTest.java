package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void good_servers_survive_a_loss_of_power() {
    assertThat(PostgresDialect.traits(POSTGRES).durability()).isEqualTo(Durability.OS_CRASH);
    assertThat(PostgresDialect.traits(POSTGRES).name()).isEqualTo("PostgreSQL 18.1");
    assertThat(MariaDbDialect.traits(MARIADB).durability()).isEqualTo(Durability.OS_CRASH);
    assertThat(MariaDbDialect.traits(MARIADB).name()).isEqualTo("MariaDB 11.4.5");
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
}
