package io.flowforge.internal.vault;

import io.flowforge.spi.store.StoredRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store's records of credentials; every call waits for the store. */
public interface CredentialRecords {
  Optional<StoredRecord> read(String key);

  /** Writes, or deletes with null, if the record has that revision; 0 is none. */
  boolean write(String key, long revision, byte @Nullable [] value);

  /** Those behind a key, in the order of keys. */
  List<StoredRecord> scan(String prefix, String after, int limit);
}
