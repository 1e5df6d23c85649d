package io.flowforge.redis;

import io.flowforge.spi.store.Durability;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link RedisStore}; not thread-safe. */
public final class RedisStoreBuilder {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  final RedisURI uri;
  String prefix = "flowforge";
  Duration timeout = Duration.ofSeconds(5);
  Durability accepted = Durability.PROCESS_CRASH;
  @Nullable Durability stated;

  RedisStoreBuilder(String uri) {
    try {
      this.uri = RedisURI.create(uri);
    } catch (RuntimeException refused) {
      // The driver's message may hold the password.
      throw new IllegalArgumentException(
          "the address must look like redis://host:6379/0, rediss://… or redis-sentinel://…");
    }
  }

  /**
   * Sets what the names of all keys begin with, in braces; default {@code flowforge}. Stores with
   * different prefixes share a server without seeing each other.
   *
   * @param prefix 1 to 64 letters, digits, dots, dashes and underscores
   * @return this
   */
  public RedisStoreBuilder prefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix must be 1 to 64 letters, digits, dots, dashes and underscores");
    }
    this.prefix = prefix;
    return this;
  }

  /**
   * Sets how long a call may wait for its answer; default 5 s. A write without an answer fails as
   * unknown.
   *
   * @param timeout 100 ms to 5 min
   * @return this
   */
  public RedisStoreBuilder timeout(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("timeout must be 100 ms to 5 min, was " + timeout);
    }
    this.timeout = timeout;
    return this;
  }

  /**
   * Sets the weakest durability that {@link RedisStore#open} accepts; default {@link
   * Durability#PROCESS_CRASH}. {@link Durability#NONE} is for tests, and for flows that may be
   * lost.
   *
   * @param least the weakest level
   * @return this
   */
  public RedisStoreBuilder acceptDurability(Durability least) {
    this.accepted = Objects.requireNonNull(least, "least");
    return this;
  }

  /**
   * States what the server's writes survive instead of asking it, where {@code CONFIG} is
   * forbidden. Nothing checks this: a wrong statement loses executions.
   *
   * @param level what is known of the server
   * @return this
   */
  public RedisStoreBuilder stateDurability(Durability level) {
    this.stated = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * Makes the store; it connects when it is opened.
   *
   * @return the store
   */
  public RedisStore build() {
    return new RedisStore(this);
  }
}
