package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a plain value as JSON text, without spaces. */
final class JsonText {

  private final Frame frame;
  private final TextBuilder text;

  JsonText(Frame frame, TextBuilder text) {
    this.frame = frame;
    this.text = text;
  }

  void write(@Nullable Object value) {
    write(value, 0);
  }

  private void write(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      text.append(String.valueOf(value));
    } else if (value instanceof String string) {
      quote(string);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof List<?> list) {
      list(list, Depth.next(depth));
    } else if (value instanceof Map<?, ?> map) {
      map(map, Depth.next(depth));
    } else {
      throw ExpressionException.of(
          ExpressionCode.TYPE, "a value that is not plain cannot be shown as text");
    }
  }

  private void number(Number number) {
    if (!Numbers.isFinite(number)) {
      throw ExpressionException.of(
          ExpressionCode.NUMBER, "a number that is not finite cannot be shown as text");
    }
    text.append(Numbers.text(number));
  }

  private void list(List<?> list, int depth) {
    text.append('[');
    String separator = "";
    for (Object element : list) {
      frame.step(1);
      text.append(separator);
      write(element, depth);
      separator = ",";
    }
    text.append(']');
  }

  private void map(Map<?, ?> map, int depth) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      frame.step(1);
      text.append(separator);
      quote(String.valueOf(entry.getKey()));
      text.append(':');
      write(entry.getValue(), depth);
      separator = ",";
    }
    text.append('}');
  }

  private void quote(String string) {
    frame.read(string);
    text.append('"');
    int copied = 0;
    for (int i = 0; i < string.length(); i++) {
      String escape = escape(string.charAt(i));
      if (!escape.isEmpty()) {
        text.append(string.substring(copied, i)).append(escape);
        copied = i + 1;
      }
    }
    text.append(string.substring(copied)).append('"');
  }

  private static String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? String.format("\\u%04x", (int) c) : "";
    };
  }
}
