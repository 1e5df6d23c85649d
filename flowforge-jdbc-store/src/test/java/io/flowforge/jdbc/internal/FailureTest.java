package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureTest {
  @ParameterizedTest
  @CsvSource({
    // PostgreSQL
    "08000, 0, LOST",
    "08001, 0, LOST",
    "08003, 0, LOST",
    "08004, 0, LOST",
    "08006, 0, LOST",
    "08P01, 0, LOST",
    "57P01, 0, LOST",
    "57P02, 0, LOST",
    "57P03, 0, LOST",
    "57P04, 0, FATAL",
    "57P05, 0, LOST",
    "25P03, 0, LOST",
    "25P04, 0, LOST",
    "40001, 0, CONFLICT",
    "40P01, 0, CONFLICT",
    "55P03, 0, BUSY",
    "57014, 0, BUSY",
    "53000, 0, BUSY",
    "53100, 0, BUSY",
    "53200, 0, BUSY",
    "53300, 0, BUSY",
    "58030, 0, BUSY",
    "25006, 0, READ_ONLY",
    "23505, 0, DUPLICATE",
    "28P01, 0, ACCESS",
    "28000, 0, ACCESS",
    "42501, 0, ACCESS",
    "42P01, 0, SCHEMA",
    "42703, 0, SCHEMA",
    "3F000, 0, SCHEMA",
    "XX001, 0, CORRUPT",
    "XX002, 0, CORRUPT",
    "XX000, 0, FATAL",
    "22001, 0, FATAL",
    "22021, 0, FATAL",
    "23502, 0, FATAL",
    // MariaDB
    "08000, 1927, LOST",
    "70100, 1927, LOST",
    "08S01, 1053, LOST",
    "08S01, 0, LOST",
    "HY000, 4085, LOST",
    "40001, 1213, CONFLICT",
    "HY000, 1020, CONFLICT",
    "HY000, 1205, BUSY",
    "08004, 1040, BUSY",
    "HY000, 1021, BUSY",
    "HY000, 1114, BUSY",
    "70100, 1317, BUSY",
    "HY000, 1290, READ_ONLY",
    "23000, 1062, DUPLICATE",
    "28000, 1045, ACCESS",
    "42000, 1044, ACCESS",
    "42000, 1142, ACCESS",
    "42S02, 1146, SCHEMA",
    "42000, 1049, SCHEMA",
    "HY000, 1034, CORRUPT",
    "42000, 1064, FATAL",
    "22001, 1406, FATAL",
    // MySQL
    "08S01, 4031, LOST",
    "HY000, 4031, LOST",
    "HY000, 3169, LOST",
    "08003, 0, LOST",
    "41000, 1205, BUSY",
    "40001, 1205, BUSY",
    "HY000, 3024, BUSY",
    "40000, 3101, CONFLICT",
    "25006, 1792, READ_ONLY",
    "HY000, 1820, ACCESS",
    "HY000, 3118, ACCESS",
    // H2
    "90067, 90067, LOST",
    "90098, 90098, LOST",
    "90121, 90121, LOST",
    "HYT00, 50200, CONFLICT",
    "40001, 40001, CONFLICT",
    "90131, 90131, CONFLICT",
    "HY000, 50000, BUSY",
    "90028, 90028, BUSY",
    "90031, 90031, BUSY",
    "90097, 90097, READ_ONLY",
    "23505, 23505, DUPLICATE",
    "90040, 90040, ACCESS",
    "28000, 28000, ACCESS",
    "42S02, 42102, SCHEMA",
    "42S03, 42103, SCHEMA",
    "42S04, 42104, SCHEMA",
    "90030, 90030, CORRUPT",
    "90020, 90020, LOCKED",
    "42000, 42000, FATAL"
  })
  void each_state_means_one_thing(String state, int number, Failure expected) {
    assertThat(Failure.of(new SQLException("", state, number))).isEqualTo(expected);
  }

  @Test
  void without_a_state_the_type_decides() {
    assertThat(Failure.of(new SQLTransientConnectionException("pool"))).isEqualTo(Failure.BUSY);
    assertThat(Failure.of(new SQLRecoverableException("gone"))).isEqualTo(Failure.LOST);
    assertThat(Failure.of(new SQLException("?"))).isEqualTo(Failure.FATAL);
  }

  @ParameterizedTest
  @CsvSource({
    "LOST, TRANSIENT, FF-STORE-UNAVAILABLE",
    "CONFLICT, TRANSIENT, FF-STORE-UNAVAILABLE",
    "BUSY, TRANSIENT, FF-STORE-UNAVAILABLE",
    "READ_ONLY, TRANSIENT, FF-STORE-UNAVAILABLE",
    "CORRUPT, FATAL, FF-STORE-CORRUPT",
    "LOCKED, FATAL, FF-STORE-LOCKED",
    "SCHEMA, FATAL, FF-STORE-SCHEMA",
    "ACCESS, FATAL, FF-STORE-ACCESS",
    "DUPLICATE, FATAL, FF-STORE-ANSWER",
    "FATAL, FATAL, FF-STORE-ANSWER"
  })
  void each_failure_has_a_kind_and_a_code(Failure failure, StoreException.Kind kind, String code) {
    StoreException told = failure.toException(new SQLException("", "XXXXX"));
    assertThat(told.kind()).isEqualTo(kind);
    assertThat(told.code()).isEqualTo(code);
  }

  @Test
  void neither_statement_nor_value_is_told() {
    SQLException driver = new SQLException("INSERT INTO x VALUES ('secret')", "23505", 7);
    StoreException told = Failure.FATAL.toException(driver);
    assertThat(told).hasMessageContaining("23505").hasMessageContaining("7");
    assertThat(told).hasStackTraceContaining(driver.getStackTrace()[0].getMethodName());
    assertThat(told.getMessage() + told.getCause()).doesNotContain("secret", "INSERT");
  }
}
