package io.flowforge.cli;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.redis.RedisStore;
import io.flowforge.redis.RedisStoreBuilder;
import io.flowforge.spi.store.FlowStore;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where executions are kept: the value of {@code --store}.
 *
 * <p>No class of a store is loaded before its URL is given, for the sake of a quick start. No
 * message shows more of a URL than its scheme: the rest may hold a password.
 */
final class Stores {
  private static final String MEMORY = "memory:";
  private static final List<String> DATABASES =
      List.of("jdbc:h2:", "jdbc:postgresql:", "jdbc:mariadb:", "jdbc:mysql:");
  private static final List<String> REDIS = List.of("redis:", "rediss:", "redis-sentinel:");
  private static final Pattern PREFIX = Pattern.compile("([?&])prefix=([^&]*)(&|$)");

  private Stores() {}

  /**
   * The store of a URL, not opened yet; null when executions are only kept in memory.
   *
   * @throws Refusal when there is no such store
   */
  static @Nullable FlowStore of(@Nullable String url) {
    if (url == null || url.equals(MEMORY)) {
      return null;
    }
    String begin = url.toLowerCase(Locale.ROOT);
    if (begin.startsWith("jdbc:h2:mem:")) {
      throw nothingKept("a database in memory");
    }
    if (DATABASES.stream().anyMatch(begin::startsWith)) {
      return Databases.store(url);
    }
    if (REDIS.stream().anyMatch(begin::startsWith)) {
      return Redis.store(url);
    }
    if (begin.startsWith("jdbc:")) {
      throw new Refusal(
          "FF-STORE-UNSUPPORTED",
          "--store takes the databases jdbc:h2:file:…, jdbc:postgresql:…, jdbc:mariadb:… and"
              + " jdbc:mysql:… only");
    }
    throw new Refusal(
        "FF-STORE-UNKNOWN",
        "--store must be memory:, jdbc:… or redis://…, was \"" + shown(url) + "\"");
  }

  /**
   * The store of a URL, for what one process finds of another.
   *
   * @throws Refusal when there is no such store, or it keeps nothing between processes
   */
  static FlowStore kept(@Nullable String url) {
    FlowStore store = of(url);
    if (store == null) {
      throw nothingKept("the store memory:");
    }
    return store;
  }

  private static Refusal nothingKept(String what) {
    return new Refusal(
        "FF-STORE-MEMORY",
        what
            + " keeps nothing between processes; name a store that does, such as --store"
            + " jdbc:h2:file:./flows or --store redis://localhost");
  }

  /** The beginning of a URL, without what may be a password. */
  private static String shown(String url) {
    int colon = url.indexOf(':');
    String text = colon < 0 ? url : url.substring(0, colon + 1) + "…";
    return Plain.line(text.length() <= 64 ? text : text.substring(0, 64) + "…");
  }

  private static final class Databases {
    static FlowStore store(String url) {
      return JdbcStore.at(quiet(url));
    }

    /** H2 would write traces of its own to files, and to standard error when it cannot. */
    private static String quiet(String url) {
      String upper = url.toUpperCase(Locale.ROOT);
      return upper.startsWith("JDBC:H2:") && !upper.contains("TRACE_LEVEL_FILE")
          ? url + ";TRACE_LEVEL_FILE=0"
          : url;
    }
  }

  private static final class Redis {
    /** Beside what the driver knows, {@code ?prefix=} says what the names of keys begin with. */
    static FlowStore store(String url) {
      Matcher prefix = PREFIX.matcher(url);
      boolean named = prefix.find();
      try {
        RedisStoreBuilder builder = RedisStore.builder(named ? without(url, prefix) : url);
        return (named ? builder.prefix(prefix.group(2)) : builder).build();
      } catch (IllegalArgumentException refused) {
        // Both messages tell of the form only.
        throw new Refusal("FF-STORE-UNKNOWN", "--store: " + refused.getMessage());
      }
    }

    private static String without(String url, Matcher found) {
      String head = url.substring(0, found.start());
      String tail = url.substring(found.end());
      return tail.isEmpty() ? head : head + found.group(1) + tail;
    }
  }
}
