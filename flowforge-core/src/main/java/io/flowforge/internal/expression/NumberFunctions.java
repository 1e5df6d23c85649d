package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions over numbers. */
final class NumberFunctions {

  private static final int MOST_DIGITS = 34;

  private NumberFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "abs(number)",
            "Without its sign.",
            a -> Numbers.compare(a.number(0), 0L) < 0 ? Numbers.negate(a.number(0)) : a.number(0)),
        Function.of(
            "round(number, digits?)",
            "Rounded to so many decimals (0 unless told), half away from 0.",
            a -> Numbers.round(a.number(0), digits(a), RoundingMode.HALF_UP)),
        Function.of(
            "floor(number)",
            "The whole number at or below.",
            a -> Numbers.round(a.number(0), 0, RoundingMode.FLOOR)),
        Function.of(
            "ceil(number)",
            "The whole number at or above.",
            a -> Numbers.round(a.number(0), 0, RoundingMode.CEILING)),
        Function.of(
            "div(number, by)",
            "The whole part of a quotient, cut towards 0.",
            a -> Numbers.quotient(a.number(0), a.number(1))),
        Function.of(
            "min(value, …)",
            "The smallest of the arguments, or of one list; null if empty.",
            a -> extreme(a, -1)),
        Function.of(
            "max(value, …)",
            "The largest of the arguments, or of one list; null if empty.",
            a -> extreme(a, 1)),
        Function.of("sum(list)", "The sum of a list of numbers, 0 if empty.", NumberFunctions::sum),
        Function.of(
            "avg(list)",
            "The mean of a list of numbers, null if empty.",
            a -> a.list(0).isEmpty() ? null : Numbers.divide(sum(a), (long) a.list(0).size())),
        Function.of(
            "range(start, end?, step?)",
            "Whole numbers from start to before end; with one argument from 0.",
            NumberFunctions::range),
        Function.of(
            "formatNumber(number, digits, group?)",
            "With exactly so many decimals, and a text between thousands if told.",
            NumberFunctions::format));
  }

  private static int digits(Arguments arguments) {
    long digits = arguments.whole(1, 0);
    if (digits < -MOST_DIGITS || digits > MOST_DIGITS) {
      throw arguments.wrongValue("digits reach from -34 to 34, was " + digits);
    }
    return (int) digits;
  }

  private static @Nullable Object extreme(Arguments arguments, int sign) {
    List<@Nullable Object> candidates = new ArrayList<>();
    if (arguments.count() == 1 && arguments.value(0) instanceof List) {
      candidates.addAll(arguments.list(0));
    } else {
      for (int i = 0; i < arguments.count(); i++) {
        candidates.add(arguments.value(i));
      }
    }
    Object best = null;
    for (Object candidate : candidates) {
      // Compared with itself at first, so that a single value that has no order is refused too.
      Object other = best == null ? candidate : best;
      String name = sign < 0 ? "min" : "max";
      if (Order.compare(arguments.frame(), name, candidate, other) * sign > 0 || best == null) {
        best = candidate;
      }
    }
    return best;
  }

  private static Number sum(Arguments arguments) {
    Number sum = 0;
    for (Object element : arguments.list(0)) {
      if (!(element instanceof Number number)) {
        throw arguments.wrongType(
            0, "a list of numbers (one element is " + Described.value(element) + ")");
      }
      sum = Numbers.add(sum, number);
    }
    return sum;
  }

  private static Object range(Arguments arguments) {
    boolean single = !arguments.has(1);
    long start = single ? 0 : arguments.whole(0);
    long end = single ? arguments.whole(0) : arguments.whole(1);
    long step = arguments.whole(2, 1);
    if (step == 0) {
      throw arguments.wrongValue("step must not be 0");
    }
    double length = Math.ceil(((double) end - (double) start) / step);
    int count = (int) Math.max(0, Math.min(length, Limits.RESULT));
    arguments.frame().growList(count);
    arguments.frame().step(count);
    List<@Nullable Object> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(Numbers.narrow(start + i * step));
    }
    return Collections.unmodifiableList(numbers);
  }

  private static Object format(Arguments arguments) {
    int digits = digits(arguments);
    if (digits < 0) {
      throw arguments.wrongValue("digits must be at least 0, was " + digits);
    }
    Number rounded = Numbers.round(arguments.number(0), digits, RoundingMode.HALF_UP);
    BigDecimal exact = Numbers.exact(rounded).setScale(digits, RoundingMode.HALF_UP);
    String text = exact.abs().toPlainString();
    int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
    TextBuilder formatted = new TextBuilder(arguments.frame());
    formatted.append(exact.signum() < 0 ? "-" : "");
    String group = arguments.text(2, "");
    for (int i = 0; i < point; i++) {
      formatted.append(i > 0 && (point - i) % 3 == 0 ? group : "");
      formatted.append(text.charAt(i));
    }
    return formatted.append(text.substring(point)).toString();
  }
}
