package io.flowforge.internal.engine;

import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engines of a store which circuit breakers have opened. Nothing waits for it: the engine
 * that saw the failures is shut already, the others are within a scan interval.
 */
final class StoreBreakers {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBreakers.class);
  private static final String KIND = "node-breaker";
  private static final int LONGEST_KEY = 512;
  private static final int MOST_LOOKED_AT = 1000;
  private static final long KEPT_MICROS = 3_600_000_000L;

  private final FlowStore store;

  StoreBreakers(FlowStore store) {
    this.store = store;
  }

  /** A breaker has opened here. */
  void opened(String key, long untilMicros) {
    if (key.length() > LONGEST_KEY) {
      return;
    }
    store
        .read(KIND, key)
        .thenCompose(found -> write(key, found.orElse(null), untilMicros))
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                LOG.debug("other engines could not be told of an open circuit breaker", failure);
              }
            });
  }

  private CompletionStage<Boolean> write(
      String key, @Nullable StoredRecord found, long untilMicros) {
    byte[] until = ByteBuffer.allocate(Long.BYTES).putLong(untilMicros).array();
    return store.write(KIND, key, found == null ? 0 : found.revision(), until);
  }

  /** Looks for breakers that are open elsewhere, and forgets those that were long ago. */
  void look(long nowMicros, ObjLongConsumer<String> open) {
    store
        .scan(KIND, "", "", MOST_LOOKED_AT)
        .thenAccept(found -> tell(found, nowMicros, open))
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                LOG.debug("open circuit breakers could not be looked for", failure);
              }
            });
  }

  private void tell(List<StoredRecord> found, long nowMicros, ObjLongConsumer<String> open) {
    for (StoredRecord one : found) {
      long until = ByteBuffer.wrap(one.value()).getLong();
      if (until > nowMicros) {
        open.accept(one.key(), until);
      } else if (until + KEPT_MICROS < nowMicros) {
        store
            .write(KIND, one.key(), one.revision(), null)
            .exceptionally(
                failure -> {
                  LOG.debug("an old record of a circuit breaker stays for now", failure);
                  return false;
                });
      }
    }
  }
}
