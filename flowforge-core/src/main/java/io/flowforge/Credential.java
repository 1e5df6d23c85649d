package io.flowforge;

import io.flowforge.execution.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A credential to keep: one secret or several, and the hosts they may be sent to. Immutable; every
 * {@code with} method returns a changed copy.
 *
 * <p>Flows name a field as <code>${credentials.NAME.FIELD}</code>, and the only one of a credential
 * as <code>${credentials.NAME}</code>.
 *
 * @param name a letter, then letters, digits, {@code _} and {@code -}; at most 64
 * @param tenant tenant whose executions see it; empty is all, at most 255 characters
 * @param type what kind of credential it is, in the user's own words; at most 64 characters
 * @param description at most 1,000 characters; shown in lists
 * @param hosts 1 to 100: exact host names in lower case, {@code *.example.org} for all below {@code
 *     example.org}, or {@code *} for any
 * @param fields 1 to 50 secrets by field name, which is made as {@code name}; each at most 16,384
 *     characters. Hosts that such a secret is bound to itself do not count
 */
public record Credential(
    String name,
    String tenant,
    String type,
    String description,
    Set<String> hosts,
    Map<String, Secret> fields) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern HOST =
      Pattern.compile("\\*|(\\*\\.)?[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}");
  private static final int LONGEST_VALUE = 16_384;

  /** Checks and copies. */
  public Credential {
    checkName("name of a credential", name);
    checkLength("tenant", tenant, 255);
    checkLength("type", type, 64);
    checkLength("description", description, 1_000);
    checkCount("hosts", hosts.size(), 100);
    checkCount("fields", fields.size(), 50);
    hosts = checkedHosts(hosts);
    fields = Map.copyOf(fields);
    fields.forEach(Credential::checkField);
  }

  /**
   * A credential for all tenants.
   *
   * @param name its name
   * @param fields secrets by field name
   * @param hosts the hosts they may be sent to; {@code *} is any
   * @return the credential
   * @throws IllegalArgumentException when a part is out of bounds
   */
  public static Credential of(String name, Map<String, Secret> fields, String... hosts) {
    return new Credential(name, "", "", "", new LinkedHashSet<>(List.of(hosts)), fields);
  }

  /**
   * A credential of one field, {@code value}, for all tenants.
   *
   * @param name its name
   * @param secret the secret
   * @param hosts the hosts it may be sent to; {@code *} is any
   * @return the credential
   * @throws IllegalArgumentException when a part is out of bounds
   */
  public static Credential of(String name, Secret secret, String... hosts) {
    return of(name, Map.of("value", secret), hosts);
  }

  /**
   * A copy for one tenant.
   *
   * @param value the tenant
   * @return the copy
   */
  public Credential withTenant(String value) {
    return new Credential(name, value, type, description, hosts, fields);
  }

  /**
   * A copy of another type.
   *
   * @param value such as {@code basic}
   * @return the copy
   */
  public Credential withType(String value) {
    return new Credential(name, tenant, value, description, hosts, fields);
  }

  /**
   * A copy with another description.
   *
   * @param value the text
   * @return the copy
   */
  public Credential withDescription(String value) {
    return new Credential(name, tenant, type, value, hosts, fields);
  }

  private static void checkName(String what, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what + " must be a letter and at most 63 letters, digits, '_' and '-' behind it");
    }
  }

  private static void checkLength(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          what + " must have at most " + most + " characters, had " + text.length());
    }
  }

  private static void checkCount(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(
          "a credential must have 1 to " + most + " " + what + ", had " + count);
    }
  }

  private static Set<String> checkedHosts(Set<String> hosts) {
    Set<String> names = new LinkedHashSet<>();
    for (String host : hosts) {
      String name = host.toLowerCase(Locale.ROOT);
      if (!HOST.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "hosts must be names such as api.example.org, *.example.org or *, without scheme, port"
                + " and path");
      }
      names.add(name);
    }
    return Set.copyOf(names);
  }

  private static void checkField(String name, Secret secret) {
    checkName("name of a field", name);
    checkLength("field " + name, secret.reveal(), LONGEST_VALUE);
  }
}
