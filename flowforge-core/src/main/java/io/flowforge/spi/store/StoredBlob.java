package io.flowforge.spi.store;

import java.util.Objects;

/**
 * What a blob store keeps of one content.
 *
 * @param id SHA-256 of the content, 64 hexadecimal digits in lower case
 * @param size bytes
 * @param writtenMicros when it was written last, in microseconds since 1970; may be cut to
 *     milliseconds
 */
public record StoredBlob(String id, long size, long writtenMicros) {
  /** Checks the parts. */
  public StoredBlob {
    Objects.requireNonNull(id, "id");
  }
}
