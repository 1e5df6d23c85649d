package io.flowforge.execution;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A value that must never be seen: it has no text form, cannot be serialised, and is refused as a
 * node's output.
 *
 * <p>May be bound to hosts; a client that sends it elsewhere refuses with {@code FF-CRED-HOST}.
 * Immutable.
 */
public final class Secret {
  private final String value;
  private final Set<String> hosts;

  private Secret(String value, Set<String> hosts) {
    this.value = Objects.requireNonNull(value, "value");
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * A secret for any host.
   *
   * @param value the secret text
   * @return the secret
   */
  public static Secret of(String value) {
    return new Secret(value, Set.of());
  }

  /**
   * A copy that may be sent to some hosts only.
   *
   * @param hosts exact host names
   * @return the copy
   */
  public Secret boundTo(String... hosts) {
    Set<String> names = new LinkedHashSet<>();
    for (String host : hosts) {
      names.add(host.toLowerCase(Locale.ROOT));
    }
    return new Secret(value, names);
  }

  /**
   * Whether it may be sent to a host.
   *
   * @param host exact host name
   * @return true when it is bound to that host or to none
   */
  public boolean allows(String host) {
    return hosts.isEmpty() || hosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * The secret text; for the one place that sends it.
   *
   * @return the text
   */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
