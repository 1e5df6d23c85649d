package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, read by type with messages that name the function. */
final class Arguments {

  private final Function function;
  private final Frame frame;
  private final @Nullable Object[] values;

  Arguments(Function function, Frame frame, @Nullable Object[] values) {
    this.function = function;
    this.frame = frame;
    this.values = values;
  }

  Frame frame() {
    return frame;
  }

  int count() {
    return values.length;
  }

  @Nullable Object value(int index) {
    return values[index];
  }

  boolean has(int index) {
    return index < values.length && values[index] != null;
  }

  /** A string argument; reading it is counted. */
  String text(int index) {
    if (values[index] instanceof String text) {
      frame.read(text);
      return text;
    }
    throw wrongType(index, "a string");
  }

  String text(int index, String otherwise) {
    return has(index) ? text(index) : otherwise;
  }

  Number number(int index) {
    if (values[index] instanceof Number number) {
      return number;
    }
    throw wrongType(index, "a number");
  }

  /** A whole number within 64 bits. */
  long whole(int index) {
    if (values[index] instanceof Number number && Numbers.isWhole(number)) {
      return Numbers.wholeOr(number, 0);
    }
    throw wrongType(index, "a whole number");
  }

  long whole(int index, long otherwise) {
    return has(index) ? whole(index) : otherwise;
  }

  /** A list argument; going through it is counted. */
  List<?> list(int index) {
    if (values[index] instanceof List<?> list) {
      frame.step(1 + list.size());
      return list;
    }
    throw wrongType(index, "a list");
  }

  /** A map argument; going through it is counted. */
  Map<?, ?> map(int index) {
    if (values[index] instanceof Map<?, ?> map) {
      frame.step(1 + map.size());
      return map;
    }
    throw wrongType(index, "a map");
  }

  ExpressionException wrongType(int index, String wanted) {
    return ExpressionException.of(
        ExpressionCode.TYPE,
        function.signature()
            + " takes "
            + wanted
            + " as argument "
            + (index + 1)
            + ", not "
            + Described.value(values[index]));
  }

  /** A failure about an argument of the right type. */
  ExpressionException wrongValue(String message) {
    return ExpressionException.of(ExpressionCode.VALUE, function.name() + ": " + message);
  }
}
