package io.flowforge.internal.binding;

import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the constants of an enum, written in kebab-case ({@code fail-fast}); the names of Java
 * ({@code FAIL_FAST}) and snake_case are known as well.
 */
final class EnumKind extends Kind {
  private final List<String> names;
  private final Map<String, Object> constants = new HashMap<>();

  EnumKind(Class<?> type) {
    Object[] values = type.getEnumConstants();
    this.names = Stream.of(values).map(value -> kebab((Enum<?>) value)).toList();
    for (Object value : values) {
      String name = ((Enum<?>) value).name();
      constants.put(name.toLowerCase(Locale.ROOT), value);
      constants.put(kebab((Enum<?>) value), value);
      constants.put(name, value);
    }
  }

  /** A constant as documents write it. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  String noun() {
    return names.stream().map(Shown::quoted).collect(Collectors.joining(", ", "one of ", ""));
  }

  @Override
  Object convert(Object value) {
    Object constant = value instanceof String ? constants.get(value) : null;
    if (constant == null) {
      String hint = value instanceof String name ? NearestName.hint(name, names) : "";
      throw new Misfit("must be " + noun() + ", was " + Shown.quoted(value) + "." + hint);
    }
    return constant;
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("enum", names);
    return schema;
  }

  @Override
  boolean isText() {
    return true;
  }
}
