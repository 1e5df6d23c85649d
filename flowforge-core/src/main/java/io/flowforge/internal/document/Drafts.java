package io.flowforge.internal.document;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of one graph in document order, found by id; ids that differ only in case clash. */
final class Drafts {
  private final Map<String, Draft> byFoldedId;

  Drafts(int expected) {
    byFoldedId = new LinkedHashMap<>(expected * 4 / 3 + 1);
  }

  /** The node whose id is this one or differs from it only in case. */
  @Nullable Draft like(String id) {
    return byFoldedId.get(id.toLowerCase(Locale.ROOT));
  }

  /** The node with exactly this id. */
  @Nullable Draft get(@Nullable String id) {
    Draft draft = id == null ? null : like(id);
    return draft != null && draft.id().equals(id) ? draft : null;
  }

  void add(Draft draft) {
    byFoldedId.put(draft.id().toLowerCase(Locale.ROOT), draft);
  }

  Collection<Draft> all() {
    return byFoldedId.values();
  }

  boolean isEmpty() {
    return byFoldedId.isEmpty();
  }
}
