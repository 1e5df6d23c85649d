package io.flowforge.internal.document;

import io.flowforge.flow.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a document being written: what is absent or the default is left out. */
final class Sheet {
  private final Map<String, Object> values = new LinkedHashMap<>();

  void put(String key, @Nullable Object value) {
    if (value != null) {
      values.put(key, plain(value));
    }
  }

  void putUnless(Object usual, String key, Object value) {
    if (!value.equals(usual)) {
      put(key, value);
    }
  }

  void putSome(String key, Collection<?> value) {
    if (!value.isEmpty()) {
      put(key, value);
    }
  }

  void putSome(String key, Map<?, ?> value) {
    if (!value.isEmpty()) {
      put(key, value);
    }
  }

  Map<String, Object> values() {
    return values;
  }

  /** The values with what editors keep beside them at the end; they never replace one. */
  Map<String, Object> with(Map<String, Object> extras) {
    for (Map.Entry<String, @Nullable Object> extra : extras.entrySet()) {
      values.putIfAbsent(extra.getKey(), extra.getValue());
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Duration duration) {
      return Durations.text(duration);
    }
    return value instanceof Enum<?> constant ? Fields.kebab(constant) : value;
  }
}
