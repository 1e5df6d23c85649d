package io.flowforge.redis;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a server by what it says of itself. */
final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 2;

  private final Map<String, String> info;

  /**
   * Takes what {@code INFO} says.
   *
   * @param info lines of names and values, with a colon between
   */
  ServerCheck(String info) {
    Map<String, String> found = new HashMap<>();
    info.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                found.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    this.info = found;
  }

  /** Refuses servers that lack commands, and copies of others. */
  void checkServer() {
    // Valkey tells in redis_version the version of Redis that it stands for.
    Matcher version = VERSION.matcher(info.getOrDefault("redis_version", ""));
    if (!version.matches() || isTooOld(version)) {
      throw refusal("FF-STORE-SERVER", name() + " is too old; Redis 6.2 or any Valkey is needed");
    }
    if (!"master".equals(info.getOrDefault("role", "master"))) {
      throw refusal(
          "FF-STORE-SERVER", "this server is a replica; give the address of the one it copies");
    }
  }

  private static boolean isTooOld(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR);
  }

  /**
   * What the store promises on this server.
   *
   * @param settings what {@code CONFIG GET} says; null when it is forbidden
   * @param accepted the weakest level that will do
   * @param stated the level the caller knows of, or null
   */
  StoreTraits traits(
      @Nullable Map<String, String> settings, Durability accepted, @Nullable Durability stated) {
    Durability level = stated;
    if (level == null) {
      if (settings == null || !settings.containsKey("appendonly")) {
        throw refusal(
            "FF-STORE-DURABILITY",
            "the server does not tell its settings (CONFIG is forbidden); say by"
                + " stateDurability(…) what its writes survive");
      }
      checkEviction(settings, accepted);
      level = level(settings).orElse(Durability.NONE);
      warn(settings);
    }
    if (level.compareTo(accepted) < 0) {
      throw refusal(
          "FF-STORE-DURABILITY",
          "writes to this server survive "
              + level
              + ", but "
              + accepted
              + " is asked for; set appendonly yes, and appendfsync always for OS_CRASH, or accept"
              + " less by acceptDurability(…)");
    }
    return new StoreTraits(name(), level, true);
  }

  private static void checkEviction(Map<String, String> settings, Durability accepted) {
    if (evicts(settings) && accepted != Durability.NONE) {
      throw refusal(
          "FF-STORE-DURABILITY",
          "the server deletes keys when its memory is full; set maxmemory-policy noeviction");
    }
  }

  private static boolean evicts(Map<String, String> settings) {
    return !"noeviction".equals(settings.getOrDefault("maxmemory-policy", ""));
  }

  /** What writes survive by such settings; empty when they are not told. */
  static Optional<Durability> level(Map<String, String> settings) {
    if (!settings.containsKey("appendonly")) {
      return Optional.empty();
    }
    // Whatever the disk keeps: a server that evicts deletes executions when its memory is full.
    if (evicts(settings) || !"yes".equals(settings.get("appendonly"))) {
      return Optional.of(Durability.NONE);
    }
    return Optional.of(
        "always".equals(settings.get("appendfsync"))
            ? Durability.OS_CRASH
            : Durability.PROCESS_CRASH);
  }

  private static void warn(Map<String, String> settings) {
    if ("yes".equals(settings.get("appendonly"))
        && !evicts(settings)
        && "everysec".equals(settings.get("appendfsync"))) {
      LOG.warn(
          "appendfsync is everysec: a Redis process that is killed while its disk is busy loses up"
              + " to two seconds of acknowledged writes; appendfsync always loses none");
    }
  }

  private String name() {
    String valkey = info.get("valkey_version");
    return valkey == null
        ? "Redis " + info.getOrDefault("redis_version", "of unknown version")
        : "Valkey " + valkey;
  }

  private static StoreException refusal(String code, String message) {
    return new StoreException(StoreException.Kind.FATAL, code, message, null);
  }
}
