package io.flowforge.spi;

import io.flowforge.execution.Blob;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Content beside the values of flows: large texts, files, answers of servers.
 *
 * <p>Content is known by its hash, so the same content is kept once. It stays as long as an
 * execution in the store refers to it, and a grace period longer. All calls block. Thread-safe.
 */
public interface Blobs {
  /**
   * Keeps content. What an action returns of this ends up in an output as a reference.
   *
   * @param content the content; read to its end, and not closed
   * @param contentType its media type
   * @return a reference to it, once it is as durable as the store is
   * @throws io.flowforge.FlowForgeException {@code FF-BLOB-WRITE}, which may pass, {@code
   *     FF-BLOB-SIZE} when it is too large, {@code FF-BLOB-NONE} when the engine has no blob store
   */
  Blob write(InputStream content, String contentType);

  /**
   * Keeps content.
   *
   * @param content the content
   * @param contentType its media type
   * @return a reference to it
   * @throws io.flowforge.FlowForgeException as {@link #write(InputStream, String)} does
   */
  default Blob write(byte[] content, String contentType) {
    return write(new ByteArrayInputStream(content), contentType);
  }

  /**
   * Reads content. The stream fails with an {@code IOException} at its end when what it gave is not
   * what was written.
   *
   * @param blob a reference to it
   * @return the content; to be closed
   * @throws io.flowforge.FlowForgeException {@code FF-BLOB-UNKNOWN} when it is not there any more,
   *     {@code FF-BLOB-READ}, which may pass, {@code FF-BLOB-NONE} when the engine has no blob
   *     store
   */
  InputStream open(Blob blob);
}
