package io.flowforge;

import java.time.Instant;
import java.util.List;

/**
 * What may be shown of a stored credential: all but its secrets.
 *
 * @param name its name
 * @param tenant tenant whose executions see it; empty is all
 * @param type what kind of credential it is, in the user's own words
 * @param description a text for people
 * @param hosts the hosts it may be sent to, sorted
 * @param fields names of its fields, sorted
 * @param keyId id of the key it is encrypted with
 * @param created when it was first saved
 * @param changed when it was last saved
 */
public record CredentialInfo(
    String name,
    String tenant,
    String type,
    String description,
    List<String> hosts,
    List<String> fields,
    String keyId,
    Instant created,
    Instant changed) {
  /** Copies. */
  public CredentialInfo {
    hosts = List.copyOf(hosts);
    fields = List.copyOf(fields);
  }
}
