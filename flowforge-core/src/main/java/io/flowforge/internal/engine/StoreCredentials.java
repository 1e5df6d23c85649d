package io.flowforge.internal.engine;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.internal.vault.CredentialRecords;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Credentials as records of the engine's store, or of memory where it has none. */
final class StoreCredentials implements CredentialRecords {
  private static final String KIND = "credential";

  private final FlowStore store;
  private final long patienceMicros;

  private StoreCredentials(FlowStore store, long patienceMicros) {
    this.store = store;
    this.patienceMicros = patienceMicros;
  }

  static CredentialRecords of(EngineOptions options, LongSupplier clock) {
    FlowStore store = options.store == null ? new MemoryStore(clock) : options.store;
    return new StoreCredentials(store, SharedGates.micros(options.startDeadline));
  }

  @Override
  public Optional<StoredRecord> read(String key) {
    return StoreCalls.get(store.read(KIND, key), patienceMicros);
  }

  @Override
  public boolean write(String key, long revision, byte @Nullable [] value) {
    return StoreCalls.get(store.write(KIND, key, revision, value), patienceMicros);
  }

  @Override
  public List<StoredRecord> scan(String prefix, String after, int limit) {
    return StoreCalls.get(store.scan(KIND, prefix, after, limit), patienceMicros);
  }
}
