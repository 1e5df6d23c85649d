package io.flowforge.execution;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that must never be seen: it has no text form, cannot be serialised, and is refused as a
 * node's output.
 *
 * <p>May be bound to hosts; a client that sends it elsewhere refuses with {@code FF-CRED-HOST}. One
 * of a credential store is looked up whenever it is used, so that a change is seen; see {@link
 * #current}. Thread-safe.
 */
public final class Secret {
  private static final String ANY = "*";
  private static final String BELOW = "*.";

  private final String value;
  private final Set<String> hosts;
  private final @Nullable String name;
  private final @Nullable Supplier<Secret> source;

  private Secret(
      String value, Set<String> hosts, @Nullable String name, @Nullable Supplier<Secret> source) {
    this.value = Objects.requireNonNull(value, "value");
    this.hosts = Set.copyOf(hosts);
    this.name = name;
    this.source = source;
  }

  /**
   * A secret for any host.
   *
   * @param value the secret text
   * @return the secret
   */
  public static Secret of(String value) {
    return new Secret(value, Set.of(), null, null);
  }

  /**
   * A secret that is looked up whenever it is used.
   *
   * @param name the name it is known by, which is no secret
   * @param source gives the secret as it is at that moment, or throws
   * @return the secret
   */
  public static Secret lookedUp(String name, Supplier<Secret> source) {
    Objects.requireNonNull(name, "name");
    return new Secret("", Set.of(), name, Objects.requireNonNull(source, "source"));
  }

  /**
   * A copy that may be sent to some hosts only.
   *
   * @param hosts exact host names, {@code *.example.org} for all below {@code example.org}, or
   *     {@code *} for any
   * @return the copy
   */
  public Secret boundTo(String... hosts) {
    Set<String> names = new LinkedHashSet<>();
    for (String host : hosts) {
      names.add(host.toLowerCase(Locale.ROOT));
    }
    Supplier<Secret> from = source;
    return from == null
        ? new Secret(value, names, name, null)
        : new Secret("", Set.of(), name, () -> from.get().boundTo(hosts));
  }

  /**
   * Whether it may be sent to a host.
   *
   * @param host exact host name
   * @return true when it is bound to that host, to one of those above it with {@code *.}, or to
   *     none
   */
  public boolean allows(String host) {
    if (source != null) {
      return current().allows(host);
    }
    String asked = host.toLowerCase(Locale.ROOT);
    return hosts.isEmpty()
        || hosts.contains(asked)
        || hosts.stream().anyMatch(pattern -> isBelow(asked, pattern));
  }

  private static boolean isBelow(String host, String pattern) {
    return pattern.equals(ANY)
        || pattern.startsWith(BELOW)
            && host.length() > pattern.length() - 1
            && host.endsWith(pattern.substring(1));
  }

  /**
   * The secret as it is now. Text and hosts of what this returns belong together; a client that
   * asks {@link #allows} and then sends should take it first.
   *
   * @return itself, unless it is looked up
   * @throws RuntimeException whatever its source does when it has none
   */
  public Secret current() {
    return source == null ? this : source.get().current();
  }

  /**
   * The name that one which is looked up is known by.
   *
   * @return the name; empty for others
   */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /**
   * The secret text; for the one place that sends it. May ask a store, and so block for a moment.
   *
   * @return the text
   */
  public String reveal() {
    return source == null ? value : current().value;
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
