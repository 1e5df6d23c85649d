package io.flowforge.internal.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All executions, and the orders in which they are looked for. */
final class Rows {
  private final Map<String, Row> byId = new HashMap<>();
  private final NavigableMap<Key, Row> started = new TreeMap<>();
  private final NavigableMap<Key, Row> claimable = new TreeMap<>();
  private final NavigableMap<Key, Row> ended = new TreeMap<>();
  private final Map<String, NavigableMap<String, Row>> owned = new HashMap<>();

  /** Of the owned ones, those with unread messages. */
  private final Map<String, NavigableMap<String, Row>> mail = new HashMap<>();

  /** A time, and an id that tells apart what has the same time. */
  record Key(long micros, String id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(micros, other.micros);
      return order == 0 ? CodePointOrder.compare(id, other.id) : order;
    }
  }

  @Nullable Row find(String id) {
    return byId.get(id);
  }

  void add(Row row) {
    byId.put(row.id(), row);
    started.put(new Key(row.created.startedMicros(), row.id()), row);
    index(row);
  }

  /** Changes what a row is found by; the one place where that is done. */
  void change(Row row, Runnable change) {
    unindex(row);
    change.run();
    index(row);
  }

  void remove(Row row) {
    unindex(row);
    started.remove(new Key(row.created.startedMicros(), row.id()));
    byId.remove(row.id());
  }

  /** Those started, newest first. */
  Collection<Row> newestFirst() {
    return started.descendingMap().values();
  }

  /** Those started before one, newest first. */
  Collection<Row> newestFirst(long beforeMicros, String beforeId) {
    return started.headMap(new Key(beforeMicros, beforeId), false).descendingMap().values();
  }

  /** Those that may be claimed, longest due first. */
  Collection<Row> due(long nowMicros) {
    return before(claimable, nowMicros + 1);
  }

  /** Those that ended, oldest first. */
  Collection<Row> endedBefore(long micros) {
    return before(ended, micros);
  }

  List<Row> ownedBy(String worker) {
    return new ArrayList<>(owned.getOrDefault(worker, new TreeMap<>()).values());
  }

  Collection<Row> withMail(String worker) {
    return mail.getOrDefault(worker, new TreeMap<>()).values();
  }

  private static Collection<Row> before(NavigableMap<Key, Row> rows, long micros) {
    // No id is empty, so this key stands before all of that time.
    return rows.headMap(new Key(micros, ""), false).values();
  }

  private void index(Row row) {
    if (row.status.isFinal()) {
      ended.put(new Key(row.finishedMicros, row.id()), row);
    } else if (row.worker != null) {
      put(owned, row.worker, row);
      if (!row.unread.isEmpty()) {
        put(mail, row.worker, row);
      }
    } else if (row.claimAtMicros != 0) {
      claimable.put(new Key(row.claimAtMicros, row.id()), row);
    }
  }

  private void unindex(Row row) {
    ended.remove(new Key(row.finishedMicros, row.id()));
    claimable.remove(new Key(row.claimAtMicros, row.id()));
    if (row.worker != null) {
      take(owned, row.worker, row);
      take(mail, row.worker, row);
    }
  }

  private static void put(Map<String, NavigableMap<String, Row>> all, String worker, Row row) {
    all.computeIfAbsent(worker, name -> new TreeMap<>(CodePointOrder.OF_TEXTS)).put(row.id(), row);
  }

  private static void take(Map<String, NavigableMap<String, Row>> all, String worker, Row row) {
    all.computeIfPresent(
        worker,
        (name, rows) -> {
          rows.remove(row.id());
          return rows.isEmpty() ? null : rows;
        });
  }
}
