package io.flowforge.internal.engine;

import io.flowforge.execution.Json;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Small records that all engines of a store change by comparing and setting. Each has a field
 * {@code until}, in microseconds since 1970, after which it means nothing and is swept.
 */
final class SharedMarks {
  private static final int MOST_ATTEMPTS = 100;
  private static final int SWEPT_AT_ONCE = 200;

  private final FlowStore store;
  private final String kind;
  private final long patienceMicros;
  private String sweptTo = "";

  SharedMarks(FlowStore store, String kind, long patienceMicros) {
    this.store = store;
    this.kind = kind;
    this.patienceMicros = patienceMicros;
  }

  /** The fields of a record; null when there is none. */
  @Nullable Map<String, Object> read(String key) {
    return StoreCalls.get(store.read(kind, key), patienceMicros)
        .map(SharedMarks::fields)
        .orElse(null);
  }

  /**
   * Changes a record, again when another was faster; waits for the store.
   *
   * @param next gives the new fields for the old ones, null of which is none; the same old ones
   *     when nothing is to change
   * @return the fields that stand there now
   */
  Map<String, Object> change(
      String key, Function<@Nullable Map<String, Object>, Map<String, Object>> next) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<StoredRecord> found = StoreCalls.get(store.read(kind, key), patienceMicros);
      Map<String, Object> old = found.map(SharedMarks::fields).orElse(null);
      Map<String, Object> wanted = next.apply(old);
      long revision = found.map(StoredRecord::revision).orElse(0L);
      byte[] text = Json.write(wanted).getBytes(StandardCharsets.UTF_8);
      if (wanted.equals(old)
          || StoreCalls.get(store.write(kind, key, revision, text), patienceMicros)) {
        return wanted;
      }
    }
    throw StoreException.unavailable(
        "a record of kind " + kind + " changes too fast; try again", null);
  }

  /** Deletes some of the records whose time is over; each call goes on where the last one ended. */
  void sweep(long nowMicros) {
    List<StoredRecord> some =
        StoreCalls.get(store.scan(kind, "", sweptTo, SWEPT_AT_ONCE), patienceMicros);
    sweptTo = some.size() < SWEPT_AT_ONCE ? "" : some.get(some.size() - 1).key();
    for (StoredRecord one : some) {
      if (number(fields(one), "until") < nowMicros) {
        StoreCalls.get(store.write(kind, one.key(), one.revision(), null), patienceMicros);
      }
    }
  }

  @SuppressWarnings("unchecked") // what this class has written
  private static Map<String, Object> fields(StoredRecord found) {
    Object value = Json.parse(new String(found.value(), StandardCharsets.UTF_8));
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** A number of a record; 0 when there is none. */
  static long number(@Nullable Map<String, Object> fields, String name) {
    return fields != null && fields.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
