package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a database is not taken. */
final class Refusals {
  private Refusals() {}

  /** Refuses a setting on which durability hangs, unless it has the value it must have. */
  static void require(Map<String, String> settings, String name, String value) {
    if (!value.equalsIgnoreCase(settings.get(name))) {
      throw durability(name, settings.get(name), value);
    }
  }

  static StoreException durability(String name, @Nullable String actual, String value) {
    return fatal(
        "FF-STORE-DURABILITY",
        "the database may lose what it has acknowledged: "
            + name
            + " is "
            + actual
            + ", must be "
            + value);
  }

  static StoreException setting(String name, @Nullable String actual, String value) {
    return fatal("FF-STORE-SETTING", name + " of the database is " + actual + ", must be " + value);
  }

  static StoreException version(String product, String version, String oldest) {
    return fatal(
        "FF-STORE-SERVER",
        product + " " + version + " is too old; it must be " + oldest + " or later");
  }

  static StoreException product(String product) {
    return fatal(
        "FF-STORE-SERVER",
        "no store is made for " + product + "; take H2, PostgreSQL, MariaDB or MySQL");
  }

  static StoreException driver(String product, String version) {
    return fatal(
        "FF-STORE-SERVER",
        "the driver calls "
            + product
            + " "
            + version
            + " by the name of MySQL; take "
            + product
            + "'s own driver, without useMysqlMetadata");
  }

  /** A call that no engine makes. */
  static StoreException call(String what) {
    return fatal("FF-STORE-CALL", what);
  }

  static StoreException gap() {
    return call("a page must follow the last one of its execution");
  }

  static StoreException closed() {
    return fatal("FF-STORE-CLOSED", "the store is closed");
  }

  static StoreException readOnly() {
    return StoreException.unavailable(
        "the database takes no writes now, as a standby; connect to the primary", null);
  }

  static StoreException fatal(String code, String message) {
    return new StoreException(StoreException.Kind.FATAL, code, message, null);
  }
}
