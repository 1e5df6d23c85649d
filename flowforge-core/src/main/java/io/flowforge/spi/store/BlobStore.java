package io.flowforge.spi.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps content by its hash. All calls block, on threads of the caller. Thread-safe; several
 * processes may use one, as far as what it is made of can be shared.
 *
 * <p>Content that is written once more counts as new from then on, so that the collection of what
 * nobody refers to leaves it alone. The testkit's {@code BlobStoreContract} proves an
 * implementation right.
 */
public interface BlobStore {
  /**
   * Keeps content, whole or not at all.
   *
   * @param content the content; read to its end or past the limit, and not closed
   * @param limit the most bytes to take
   * @param nowMicros the time of writing, in microseconds since 1970
   * @return what is kept, once it is durable
   * @throws io.flowforge.FlowForgeException {@code FF-BLOB-SIZE} when it is longer than the limit,
   *     {@code FF-BLOB-WRITE}, which may pass, when it cannot be read or written
   */
  StoredBlob put(InputStream content, long limit, long nowMicros);

  /**
   * Reads content.
   *
   * @param id its id
   * @return the content, to be closed; empty when it is not there. Reading throws an {@code
   *     IOException} when it is damaged or was deleted meanwhile, and never ends early
   * @throws io.flowforge.FlowForgeException {@code FF-BLOB-READ}, which may pass
   */
  Optional<InputStream> open(String id);

  /**
   * Looks for content.
   *
   * @param id its id
   * @return what is kept, if it is there
   */
  Optional<StoredBlob> find(String id);

  /**
   * Deletes content, unless it was written again.
   *
   * @param blob what {@link #find} or {@link #scan} gave
   * @return whether it was deleted; false when it is newer than that or not there
   */
  boolean delete(StoredBlob blob);

  /**
   * Lists what is kept, in the order of ids.
   *
   * @param after only behind this id; empty begins at the first
   * @param limit the most to give
   * @return the blobs
   */
  List<StoredBlob> scan(String after, int limit);

  /**
   * Clears away what writes that never ended have left.
   *
   * @param beforeMicros only of writes that began before, in microseconds since 1970
   */
  default void clear(long beforeMicros) {}
}
