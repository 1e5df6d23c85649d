package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators that take two values; {@code &&} and {@code ||} are not among them. */
enum Operator {
  ADD("+") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      if (left instanceof Number a && right instanceof Number b) {
        return Numbers.add(a, b);
      }
      if (left instanceof String a && right instanceof String b) {
        return new TextBuilder(frame).append(a).append(b).toString();
      }
      if (left instanceof List<?> a && right instanceof List<?> b) {
        return joined(frame, a, b);
      }
      throw ExpressionException.of(ExpressionCode.TYPE, cannotAdd(left, right));
    }
  },
  SUBTRACT("-") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return left instanceof Number a && right instanceof Number b
          ? Numbers.subtract(a, b)
          : needsNumbers(left, right);
    }
  },
  MULTIPLY("*") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return left instanceof Number a && right instanceof Number b
          ? Numbers.multiply(a, b)
          : needsNumbers(left, right);
    }
  },
  DIVIDE("/") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return left instanceof Number a && right instanceof Number b
          ? Numbers.divide(a, b)
          : needsNumbers(left, right);
    }
  },
  REMAINDER("%") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return left instanceof Number a && right instanceof Number b
          ? Numbers.remainder(a, b)
          : needsNumbers(left, right);
    }
  },
  EQUAL("==") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return Equality.equal(frame, left, right);
    }
  },
  UNEQUAL("!=") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return !Equality.equal(frame, left, right);
    }
  },
  LESS("<") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return Order.compare(frame, symbol(), left, right) < 0;
    }
  },
  AT_MOST("<=") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return Order.compare(frame, symbol(), left, right) <= 0;
    }
  },
  GREATER(">") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return Order.compare(frame, symbol(), left, right) > 0;
    }
  },
  AT_LEAST(">=") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      return Order.compare(frame, symbol(), left, right) >= 0;
    }
  },
  IN("in") {
    @Override
    Object apply(Frame frame, @Nullable Object left, @Nullable Object right) {
      if (right instanceof Map<?, ?> map) {
        return left instanceof String key && map.containsKey(key);
      }
      if (right instanceof List<?> list) {
        return contains(frame, list, left);
      }
      String cure = right instanceof String ? "; use text.contains(part)" : "";
      throw ExpressionException.of(
          ExpressionCode.TYPE, "in looks into a list or map, not " + Described.value(right) + cure);
    }
  };

  private static final Map<String, Operator> BY_SYMBOL = bySymbol();

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  abstract Object apply(Frame frame, @Nullable Object left, @Nullable Object right);

  String symbol() {
    return symbol;
  }

  static Operator of(String symbol) {
    Operator operator = BY_SYMBOL.get(symbol);
    if (operator == null) {
      throw new IllegalArgumentException("no operator " + symbol);
    }
    return operator;
  }

  static boolean contains(Frame frame, List<?> list, @Nullable Object wanted) {
    for (Object element : list) {
      frame.step(1);
      if (Equality.equal(frame, element, wanted)) {
        return true;
      }
    }
    return false;
  }

  static List<@Nullable Object> joined(Frame frame, List<?> left, List<?> right) {
    frame.growList(left.size() + right.size());
    List<@Nullable Object> joined = new ArrayList<>(left.size() + right.size());
    joined.addAll(left);
    joined.addAll(right);
    return Collections.unmodifiableList(joined);
  }

  Number needsNumbers(@Nullable Object left, @Nullable Object right) {
    throw ExpressionException.of(
        ExpressionCode.TYPE,
        symbol
            + " takes two numbers, not "
            + Described.value(left)
            + " and "
            + Described.value(right));
  }

  private static String cannotAdd(@Nullable Object left, @Nullable Object right) {
    boolean text = left instanceof String || right instanceof String;
    boolean map = left instanceof Map && right instanceof Map;
    String cure = text ? "; use string(x)" : map ? "; use merge(a, b)" : "";
    return "+ adds two numbers, two strings or two lists, not "
        + Described.value(left)
        + " and "
        + Described.value(right)
        + cure;
  }

  private static Map<String, Operator> bySymbol() {
    Map<String, Operator> operators = new HashMap<>();
    for (Operator operator : values()) {
      operators.put(operator.symbol, operator);
    }
    return Map.copyOf(operators);
  }
}
