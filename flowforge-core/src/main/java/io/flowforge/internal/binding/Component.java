package io.flowforge.internal.binding;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One component of a config record.
 *
 * @param name its key
 * @param alias the key in snake_case; null when that is the same
 * @param kind what it takes
 * @param presence what it is when it is not given
 * @param doc a sentence about it, or empty
 */
record Component(String name, @Nullable String alias, Kind kind, Presence presence, String doc) {
  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /**
   * What a component is when it is not given.
   *
   * @param required whether there is nothing that it could be
   * @param optional whether it is wrapped as {@code Optional}
   * @param fallback its value then
   * @param written the default as in a document
   */
  record Presence(
      boolean required, boolean optional, @Nullable Object fallback, @Nullable Object written) {}

  /** The key in snake_case, or null when it has no humps. */
  static @Nullable String alias(String name) {
    String alias = HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    return alias.equals(name) ? null : alias;
  }

  /** The value given in a map, under either key; null when there is none. */
  @Nullable Object in(Map<?, ?> map) {
    Object raw = map.get(name);
    return raw != null || alias == null ? raw : map.get(alias);
  }

  /** The key under which a value is given in a map. */
  String keyIn(Map<?, ?> map) {
    return alias != null && map.get(name) == null && map.containsKey(alias) ? alias : name;
  }

  /** The argument for a value that is given. */
  Object argument(Object raw) {
    Object converted = kind.convert(raw);
    return presence.optional ? Optional.of(converted) : converted;
  }

  /** The argument when none is given. */
  @Nullable Object absent() {
    if (presence.required) {
      throw new Misfit("is incomplete: " + missing());
    }
    return presence.fallback;
  }

  String missing() {
    String what = '"' + name + "\" is missing; it must be " + kind.noun();
    return doc.isEmpty() ? what : what + " (" + doc + ")";
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>(kind.schema());
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    if (presence.written != null) {
      schema.put("default", presence.written);
    }
    return schema;
  }
}
