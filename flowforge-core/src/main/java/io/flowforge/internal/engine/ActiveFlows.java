package io.flowforge.internal.engine;

import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Which flows are active, so that engines need not read all heads for it. A hint: a flow that is
 * named may be inactive, but one that is active is named.
 *
 * <p>To activate raises the revision of the name before the head changes; to deactivate removes it
 * behind the change, and only if nobody has raised it since the head was read.
 */
final class ActiveFlows {
  private static final String KIND = "flow-active";
  private static final int PAGE = 500;
  private static final byte[] NOTHING = {'{', '}'};

  private final FlowStore store;
  private final long patienceMicros;

  ActiveFlows(FlowStore store, long patienceMicros) {
    this.store = store;
    this.patienceMicros = patienceMicros;
  }

  /** How often a flow was activated since its name was last removed. */
  long mark(String key) {
    return StoreCalls.get(store.read(KIND, key), patienceMicros)
        .map(StoredRecord::revision)
        .orElse(0L);
  }

  void add(String key, long mark) {
    long at = mark;
    while (!StoreCalls.get(store.write(KIND, key, at, NOTHING), patienceMicros)) {
      at = mark(key);
    }
  }

  void remove(String key, long mark) {
    if (mark > 0) {
      StoreCalls.get(store.write(KIND, key, mark, null), patienceMicros);
    }
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    while (true) {
      String after = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
      List<StoredRecord> page = StoreCalls.get(store.scan(KIND, "", after, PAGE), patienceMicros);
      page.forEach(one -> keys.add(one.key()));
      if (page.size() < PAGE) {
        return keys;
      }
    }
  }
}
