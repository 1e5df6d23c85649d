package io.flowforge.internal.run;

import io.flowforge.execution.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The entries of a journal as they stand there, without the state that they make. */
public final class JournalEntries {
  private JournalEntries() {}

  /** All entries of some pages, in order; each is a map whose first key says what happened. */
  public static List<Map<?, ?>> of(List<String> pages) {
    List<Map<?, ?>> entries = new ArrayList<>();
    for (String page : pages) {
      List<?> all = (List<?>) Objects.requireNonNull(Json.parse(page, Replay.LIMITS));
      all.forEach(entry -> entries.add((Map<?, ?>) entry));
    }
    return entries;
  }

  /** What an entry tells of. */
  public static String kind(Map<?, ?> entry) {
    return String.valueOf(entry.keySet().iterator().next());
  }

  /** A whole number of an entry; 0 when there is none. */
  public static long number(Map<?, ?> entry, String key) {
    return entry.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
