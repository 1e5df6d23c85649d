package io.flowforge.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.io.NumberOutput;

/**
 * Numbers between their text and Java.
 *
 * <p>A number without fraction and exponent becomes the smallest of Integer, Long and BigInteger
 * that holds it; any other becomes a Double when that has exactly the written value, else a
 * BigDecimal. A Double has the value of its shortest text, the same on every JDK (Adams 2018, as in
 * Jackson).
 */
final class Numbers {
  /** So many digits survive the way through a double. */
  private static final int SAFE_DIGITS = 15;

  private static final int SAFE_EXPONENT = 290;

  private Numbers() {}

  /** Why a number cannot be taken. */
  static final class OutOfBounds extends Exception {
    private static final long serialVersionUID = 1L;

    private final String clause;

    OutOfBounds(String clause) {
      super(clause, null, false, false);
      this.clause = clause;
    }

    @Override
    public String getMessage() {
      return clause;
    }
  }

  /** The value of a whole number in decimal digits, with or without a sign. */
  static Number whole(String text) throws OutOfBounds {
    if (text.length() <= 9) {
      return Integer.valueOf(text);
    }
    if (text.length() <= 18) {
      return narrow(Long.parseLong(text));
    }
    requireDigits(text, text.length());
    return narrow(new BigInteger(text));
  }

  /** The value of a number with fraction or exponent. */
  static Number decimal(String text) throws OutOfBounds {
    int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
    int mantissa = mark < 0 ? text.length() : mark;
    requireDigits(text, mantissa);
    requireExponent(text, mark);
    BigDecimal exact = new BigDecimal(text);
    int magnitude = exact.precision() - exact.scale() - 1;
    if (exact.signum() != 0 && Math.abs(magnitude) > ReadRules.NUMBER_EXPONENT) {
      throw exponent();
    }
    double near = Double.parseDouble(text);
    boolean safe = mantissa <= SAFE_DIGITS && Math.abs(magnitude) < SAFE_EXPONENT;
    if (safe || isExact(near, exact)) {
      return near;
    }
    BigDecimal shortest = exact.stripTrailingZeros();
    // Without a fraction it is written as a whole number, and must come back as the same.
    return shortest.scale() == 0 ? narrow(shortest.unscaledValue()) : shortest;
  }

  static Number narrow(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  static Number narrow(BigInteger value) {
    return value.bitLength() < Long.SIZE ? narrow(value.longValue()) : value;
  }

  private static boolean isExact(double near, BigDecimal exact) {
    return Double.isFinite(near)
        && new BigDecimal(NumberOutput.toString(near, true)).compareTo(exact) == 0;
  }

  private static void requireDigits(String text, int end) throws OutOfBounds {
    int digits = 0;
    for (int i = 0; i < end; i++) {
      digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
    }
    if (digits > ReadRules.NUMBER_DIGITS) {
      throw new OutOfBounds(
          "has " + digits + " digits, at most " + ReadRules.NUMBER_DIGITS + " are allowed");
    }
  }

  private static void requireExponent(String text, int mark) throws OutOfBounds {
    if (mark < 0) {
      return;
    }
    String digits = text.substring(mark + 1);
    boolean short4 = digits.length() <= 6;
    if (!short4 || Math.abs(Integer.parseInt(digits)) > ReadRules.NUMBER_EXPONENT) {
      throw exponent();
    }
  }

  private static OutOfBounds exponent() {
    return new OutOfBounds(
        "has an exponent outside -"
            + ReadRules.NUMBER_EXPONENT
            + " to "
            + ReadRules.NUMBER_EXPONENT);
  }
}
