package io.flowforge.spi.store;

import java.util.Objects;

/**
 * A small thing that is kept beside the executions: a flow, a credential, the position of a
 * trigger, an entry of the audit log.
 *
 * @param kind what it is, such as {@code flow-version}; at most 64 characters
 * @param key its key among those of its kind; at most 512 characters, case-sensitive
 * @param revision counts its changes from 1
 * @param value its content; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StoredRecord(String kind, String key, long revision, byte[] value) {
  /** Checks the parts. */
  public StoredRecord {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
