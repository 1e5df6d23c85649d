package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreTraits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB from version 10.6 on. */
final class MariaDbDialect extends InnoDbDialect {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /**
   * A database.
   *
   * @param scope what tells this store's tables from those of another on the same server
   */
  MariaDbDialect(String scope) {
    super(scope);
  }

  @Override
  public String scripts() {
    return "mariadb";
  }

  @Override
  Map<String, Long> sessionValues() {
    return Map.of("innodb_lock_wait_timeout", 5L, "idle_transaction_timeout", 30L);
  }

  @Override
  public StoreTraits check(Connection connection) throws SQLException {
    return traits(settings(connection, SETTINGS));
  }

  /** What a server with such settings promises; throws when that is too little. */
  static StoreTraits traits(Map<String, String> settings) {
    String version = settings.getOrDefault("version", "");
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2))
            < 10_006) {
      throw Refusals.version("MariaDB", version, "10.6");
    }
    requireSafe(settings);
    return new StoreTraits("MariaDB " + version.split("-", 2)[0], Durability.OS_CRASH, true);
  }
}
