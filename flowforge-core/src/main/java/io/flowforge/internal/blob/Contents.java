package io.flowforge.internal.blob;

import io.flowforge.execution.Blob;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.StoredBlob;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An engine's blobs as actions and hosts see them. */
final class Contents implements Blobs {
  /** The most of one blob: 1 GiB. */
  private static final long MOST = 1L << 30;

  private final @Nullable BlobStore store;
  private final LongSupplier clock;

  Contents(@Nullable BlobStore store, LongSupplier clock) {
    this.store = store;
    this.clock = clock;
  }

  boolean isThere() {
    return store != null;
  }

  private BlobStore store() {
    if (store == null) {
      throw BlobFailures.none();
    }
    return store;
  }

  @Override
  public Blob write(InputStream content, String contentType) {
    StoredBlob stored = store().put(content, MOST, clock.getAsLong());
    return new Blob(stored.id(), contentType, stored.size());
  }

  @Override
  public InputStream open(Blob blob) {
    return store().open(blob.id()).orElseThrow(() -> BlobFailures.unknown(blob.id()));
  }
}
