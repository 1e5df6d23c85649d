package io.flowforge;

import org.jspecify.annotations.Nullable;

/**
 * How an exported execution is brought in. Immutable; every {@code with} method returns a changed
 * copy.
 *
 * @param executionId the id that it gets; null keeps its own
 * @param blobLimit the most bytes of all its blobs together; at least 0
 */
public record ImportOptions(@Nullable String executionId, long blobLimit) {
  /** Its own id, and at most 16 GiB of blobs. */
  public static final ImportOptions DEFAULT = new ImportOptions(null, 16L << 30);

  /** Checks the parts. */
  public ImportOptions {
    if (executionId != null && (executionId.isBlank() || executionId.length() > 255)) {
      throw new IllegalArgumentException(
          "executionId must have 1 to 255 characters, had " + executionId.length());
    }
    if (blobLimit < 0) {
      throw new IllegalArgumentException("blobLimit must be >= 0, was " + blobLimit);
    }
  }

  /**
   * A copy with another id for the execution. What it has still to do keeps the idempotency keys of
   * the first id.
   *
   * @param id 1 to 255 characters
   * @return the copy
   */
  public ImportOptions withExecutionId(String id) {
    return new ImportOptions(id, blobLimit);
  }

  /**
   * A copy with another bound for the content that is taken.
   *
   * @param bytes the most bytes of all blobs together; at least 0
   * @return the copy
   */
  public ImportOptions withBlobLimit(long bytes) {
    return new ImportOptions(executionId, bytes);
  }
}
