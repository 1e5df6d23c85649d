package io.flowforge.internal.memory;

import io.flowforge.spi.store.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records beside the executions. */
final class Records {
  private final Map<String, NavigableMap<String, StoredRecord>> kinds = new HashMap<>();

  Optional<StoredRecord> read(String kind, String key) {
    return Optional.ofNullable(of(kind).get(key));
  }

  boolean write(String kind, String key, long revision, byte @Nullable [] value) {
    NavigableMap<String, StoredRecord> records = of(kind);
    StoredRecord old = records.get(key);
    if (revision != (old == null ? 0 : old.revision())) {
      return false;
    }
    if (value == null) {
      records.remove(key);
    } else {
      records.put(key, new StoredRecord(kind, key, revision + 1, value.clone()));
    }
    return true;
  }

  List<StoredRecord> scan(String kind, String prefix, String after, int limit) {
    boolean behind = CodePointOrder.compare(after, prefix) >= 0;
    return of(kind).tailMap(behind ? after : prefix, !behind || after.isEmpty()).values().stream()
        .takeWhile(found -> found.key().startsWith(prefix))
        .limit(Math.max(0, limit))
        .toList();
  }

  private NavigableMap<String, StoredRecord> of(String kind) {
    return kinds.computeIfAbsent(kind, name -> new TreeMap<>(CodePointOrder.OF_TEXTS));
  }
}
