package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreTraits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MySQL from version 8.0.1 on, through its own driver or MariaDB's. */
final class MySqlDialect extends InnoDbDialect {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  /** The first with SKIP LOCKED. */
  private static final int OLDEST = 8_000_001;

  /** Products that call themselves MySQL and lock otherwise. */
  private static final List<String> OTHERS = List.of("TiDB", "OceanBase", "Vitess");

  private static final String REDO_LOG =
      "SHOW GLOBAL STATUS WHERE variable_name = 'Innodb_redo_log_enabled'";
  private static final String LETTERS =
      "SHOW SESSION VARIABLES WHERE variable_name"
          + " IN ('character_set_client', 'character_set_connection')";

  /** The largest packet that a server takes unless it is told otherwise, so no row is larger. */
  private static final long SORTED = 64L << 20;

  /** Less than half of the time after which the server ends an idle session. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

  /**
   * A database.
   *
   * @param scope what tells this store's tables from those of another on the same server
   */
  MySqlDialect(String scope) {
    super(scope);
  }

  @Override
  public String scripts() {
    return "mysql";
  }

  @Override
  Map<String, Long> sessionValues() {
    // There is no time-out for transactions alone. From 8.0.20 on a row is sorted with all of its
    // texts, and refused when they do not fit; of the buffer only what is needed is taken.
    return Map.of("innodb_lock_wait_timeout", 5L, "wait_timeout", 30L, "sort_buffer_size", SORTED);
  }

  @Override
  public int width(int count) {
    // For a single value in another collation than the key's the server sorts what the key has in
    // order already.
    return Math.max(2, super.width(count));
  }

  @Override
  public Duration keep(Duration wanted) {
    return wanted.compareTo(LONGEST_IDLE) < 0 ? wanted : LONGEST_IDLE;
  }

  @Override
  public String toColumn(String text) {
    // The collations that tell such texts apart came with 8.0.17.
    return Texts.withoutEndingSpace(Texts.whole(text));
  }

  @Override
  public String fromColumn(String column) {
    return Texts.withEndingSpace(column);
  }

  @Override
  public StoreTraits check(Connection connection) throws SQLException {
    return traits(settings(connection, SETTINGS, REDO_LOG, LETTERS));
  }

  /** What a server with such settings promises; throws when that is too little. */
  static StoreTraits traits(Map<String, String> settings) {
    String version = settings.getOrDefault("version", "");
    requireProduct(version, settings.getOrDefault("version_comment", ""));
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches() || number(matcher) < OLDEST) {
      throw Refusals.version("MySQL", version, "8.0.1");
    }
    requireSafe(settings);
    if ("OFF".equalsIgnoreCase(settings.get("innodb_redo_log_enabled"))) {
      throw Refusals.durability("INNODB REDO_LOG", "disabled", "enabled");
    }
    for (String name : List.of("character_set_client", "character_set_connection")) {
      String letters = settings.getOrDefault(name, "utf8mb4");
      if (!letters.equalsIgnoreCase("utf8mb4")) {
        throw Refusals.setting(name + " of a connection", letters, "utf8mb4");
      }
    }
    return new StoreTraits("MySQL " + version.split("-", 2)[0], Durability.OS_CRASH, true);
  }

  private static int number(Matcher version) {
    return Integer.parseInt(version.group(1)) * 1_000_000
        + Integer.parseInt(version.group(2)) * 1000
        + Integer.parseInt(version.group(3));
  }

  private static void requireProduct(String version, String comment) {
    String told = (version + " " + comment).toLowerCase(Locale.ROOT);
    if (told.contains("mariadb")) {
      throw Refusals.driver("MariaDB", version);
    }
    for (String other : OTHERS) {
      if (told.contains(other.toLowerCase(Locale.ROOT))) {
        throw Refusals.product(other);
      }
    }
  }
}
