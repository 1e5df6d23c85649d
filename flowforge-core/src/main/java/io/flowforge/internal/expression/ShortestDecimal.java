package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal that stands for a binary number, which is what a person wrote.
 *
 * <p>{@code Double.toString} gives it since JDK 19 only (JDK-4511638); before, it may add digits,
 * and a sum would differ from one JDK to the next. A decimal of up to 15 digits that reads back is
 * the only one; beyond, the nearest with 15, 16 or 17 digits that reads back is taken.
 */
final class ShortestDecimal {

  private static final int SURE_LENGTH = 16;

  private ShortestDecimal() {}

  static BigDecimal of(double value) {
    String text = Double.toString(value);
    if (text.length() <= SURE_LENGTH) {
      return new BigDecimal(text);
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal candidate = rounded(exact, digits);
      if (candidate.doubleValue() == value) {
        return candidate;
      }
    }
    return rounded(exact, 17);
  }

  static BigDecimal of(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 6; digits < 9; digits++) {
      BigDecimal candidate = rounded(exact, digits);
      if (candidate.floatValue() == value) {
        return candidate;
      }
    }
    return rounded(exact, 9);
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }
}
