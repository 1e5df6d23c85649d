package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Set;

/** What a driver's exception means, by SQLSTATE and the vendor's number. */
enum Failure {
  /** The connection is gone, or was never made. */
  LOST,
  /** The transaction lost against another; the same again may succeed at once. */
  CONFLICT,
  /** A key exists already. */
  DUPLICATE,
  /** Nothing was written; later it may be. */
  BUSY,
  /** The database cannot be written now, as a standby; another connection may lead elsewhere. */
  READ_ONLY,
  /** The files of the database are damaged. */
  CORRUPT,
  /** The database belongs to another process. */
  LOCKED,
  /** The tables are not those that were expected. */
  SCHEMA,
  /** The user is unknown, or may not do it. */
  ACCESS,
  /** It will never succeed. */
  FATAL;

  private static final Map<String, Failure> STATES =
      Map.ofEntries(
          Map.entry("57P01", LOST), // shut down by an administrator
          Map.entry("57P02", LOST), // crash of another backend
          Map.entry("57P03", LOST), // starting up or shutting down
          Map.entry("57P04", FATAL), // database dropped
          Map.entry("57P05", LOST), // idle session
          Map.entry("25P03", LOST), // idle in transaction
          Map.entry("25P04", LOST), // transaction took too long
          Map.entry("57014", BUSY), // cancelled, as by statement_timeout
          Map.entry("55P03", BUSY), // lock_timeout
          Map.entry("55006", BUSY), // object in use
          Map.entry("58030", BUSY), // input or output failed
          Map.entry("HYT00", BUSY), // time-out
          Map.entry("HYT01", LOST), // time-out of the connection
          Map.entry("70100", BUSY), // query interrupted
          Map.entry("23505", DUPLICATE),
          Map.entry("25006", READ_ONLY),
          Map.entry("42501", ACCESS),
          Map.entry("XX001", CORRUPT),
          Map.entry("XX002", CORRUPT),
          Map.entry("42P01", SCHEMA), // no such table
          Map.entry("42703", SCHEMA), // no such column
          Map.entry("3F000", SCHEMA), // no such schema
          Map.entry("42S02", SCHEMA), // no such table
          Map.entry("42S03", SCHEMA), // no such table
          Map.entry("42S04", SCHEMA), // no table at all
          Map.entry("42S22", SCHEMA)); // no such column

  /** By the first two characters. */
  private static final Map<String, Failure> CLASSES =
      Map.of("08", LOST, "28", ACCESS, "40", CONFLICT, "53", BUSY);

  /** Numbers of H2; its SQLSTATE is the number, or HY000. */
  private static final Map<Integer, Failure> H2 =
      Map.ofEntries(
          Map.entry(50000, BUSY), // general error, as of a full disk
          Map.entry(50200, CONFLICT), // lock time-out
          Map.entry(57014, BUSY), // cancelled
          Map.entry(90007, LOST), // object closed
          Map.entry(90020, LOCKED), // in use by another process
          Map.entry(90028, BUSY), // input or output failed
          Map.entry(90030, CORRUPT),
          Map.entry(90031, BUSY), // input or output failed
          Map.entry(90040, ACCESS), // not an administrator
          Map.entry(90067, LOST), // connection broken
          Map.entry(90079, SCHEMA), // no such schema
          Map.entry(90096, ACCESS), // not enough rights
          Map.entry(90097, READ_ONLY),
          Map.entry(90098, LOST), // database closed
          Map.entry(90100, BUSY), // no disk space
          Map.entry(90121, LOST), // database closing
          Map.entry(90131, CONFLICT), // concurrent update
          Map.entry(90135, BUSY)); // exclusive mode

  /** Numbers of MariaDB and MySQL whose SQLSTATE is too general. */
  private static final Map<Integer, Failure> INNODB =
      Map.ofEntries(
          Map.entry(1020, CONFLICT), // record has changed
          Map.entry(1021, BUSY), // disk full
          Map.entry(1030, BUSY), // error of the storage engine
          Map.entry(1034, CORRUPT),
          Map.entry(1040, BUSY), // too many connections
          Map.entry(1044, ACCESS), // no right to the database
          Map.entry(1049, SCHEMA), // no such database
          Map.entry(1053, LOST), // server shuts down
          Map.entry(1062, DUPLICATE),
          Map.entry(1114, BUSY), // table full
          Map.entry(1142, ACCESS), // no right to the table
          Map.entry(1143, ACCESS), // no right to the column
          Map.entry(1194, CORRUPT),
          Map.entry(1203, BUSY), // too many connections of the user
          Map.entry(1205, BUSY), // lock wait time-out
          Map.entry(1213, CONFLICT), // deadlock
          Map.entry(1227, ACCESS), // a special right is missing
          Map.entry(1290, READ_ONLY),
          Map.entry(1836, READ_ONLY),
          Map.entry(1820, ACCESS), // the password must be changed
          Map.entry(1862, ACCESS), // the password has expired
          Map.entry(1927, LOST), // connection killed
          Map.entry(3024, BUSY), // statement took too long
          Map.entry(3118, ACCESS), // account locked
          Map.entry(3168, LOST), // server not ready
          Map.entry(3169, LOST), // session killed
          Map.entry(4031, LOST), // idle session
          Map.entry(4085, LOST)); // idle transaction

  private static final Set<String> GENERAL =
      Set.of("", "HY000", "23000", "08004", "08S01", "40001", "41000", "42000", "70100");

  /** Finds out what an exception means. */
  static Failure of(SQLException exception) {
    String state = exception.getSQLState() == null ? "" : exception.getSQLState();
    int number = exception.getErrorCode();
    Failure known = H2.get(number);
    if (known != null
        && (state.equals("HY000")
            || state.equals(String.valueOf(number))
            || state.startsWith("HYT"))) {
      return known;
    }
    known = INNODB.get(number);
    if (known != null && GENERAL.contains(state)) {
      return known;
    }
    known = STATES.get(state);
    if (known == null && state.length() == 5) {
      known = CLASSES.get(state.substring(0, 2));
    }
    return known == null ? byType(exception) : known;
  }

  private static Failure byType(SQLException exception) {
    if (exception instanceof SQLRecoverableException
        || exception instanceof SQLNonTransientConnectionException) {
      return LOST;
    }
    return exception instanceof SQLTransientException ? BUSY : FATAL;
  }

  /** The exception for the caller; nothing was written. */
  StoreException toException(SQLException cause) {
    String what = "SQLSTATE " + cause.getSQLState() + ", number " + cause.getErrorCode();
    return switch (this) {
      case LOST ->
          StoreException.unavailable("the database cannot be reached (" + what + ")", bare(cause));
      case CONFLICT, BUSY ->
          StoreException.unavailable("the database is busy (" + what + ")", bare(cause));
      case READ_ONLY ->
          StoreException.unavailable(
              "the database takes no writes now, as a standby (" + what + ")", bare(cause));
      case CORRUPT ->
          fatal(
              "FF-STORE-CORRUPT",
              "the database's files are damaged (" + what + "); restore them from a backup",
              cause);
      case LOCKED ->
          fatal(
              "FF-STORE-LOCKED",
              "the database is open in another process (" + what + "); an H2 file serves one",
              cause);
      case SCHEMA ->
          fatal(
              "FF-STORE-SCHEMA",
              "the store's tables are not those of this version (" + what + ")",
              cause);
      case ACCESS ->
          fatal(
              "FF-STORE-ACCESS",
              "the database refused the user, or a right is missing (" + what + ")",
              cause);
      case DUPLICATE, FATAL ->
          fatal("FF-STORE-ANSWER", "the database refused a statement (" + what + ")", cause);
    };
  }

  private static StoreException fatal(String code, String message, SQLException cause) {
    return new StoreException(StoreException.Kind.FATAL, code, message, bare(cause));
  }

  /** The exception without its message: drivers quote statements and values in it. */
  static SQLException bare(SQLException exception) {
    SQLException bare =
        new SQLException(
            exception.getClass().getSimpleName(),
            exception.getSQLState(),
            exception.getErrorCode());
    bare.setStackTrace(exception.getStackTrace());
    return bare;
  }
}
