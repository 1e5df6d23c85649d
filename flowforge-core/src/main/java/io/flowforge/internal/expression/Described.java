package io.flowforge.internal.expression;

import io.flowforge.internal.text.Shown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as messages of this room show them: with their type, cut and escaped. */
final class Described {

  private Described() {}

  /** Text cut and escaped, without quotes. */
  static String text(String text) {
    return Shown.value(text);
  }

  /** A value with its type, such as {@code string "abc"} or {@code list of 3}. */
  static String value(@Nullable Object value) {
    if (value instanceof String text) {
      return "string \"" + text(text) + "\"";
    }
    if (value instanceof Map<?, ?> map) {
      return "map of " + map.size();
    }
    if (value instanceof List<?> list) {
      return "list of " + list.size();
    }
    if (value instanceof Number number) {
      return "number " + text(Numbers.text(number));
    }
    return value instanceof Boolean ? "boolean " + value : Values.type(value);
  }
}
