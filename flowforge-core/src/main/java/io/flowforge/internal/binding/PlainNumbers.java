package io.flowforge.internal.binding;

import io.flowforge.execution.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Numbers in the one class in which a store gives them back, so that an action is handed the same
 * object before and after a crash: whole ones as the smallest of Integer, Long and BigInteger,
 * others as Double where that has exactly their value, and else as BigDecimal. See {@link Json}.
 */
final class PlainNumbers {
  /** The most digits of a number of arbitrary size. */
  static final int MAX_DIGITS = 100;

  /** The greatest exponent of a number of arbitrary size. */
  static final int MAX_EXPONENT = 308;

  /** So many digits always survive the way through a Double. */
  private static final int SAFE_DIGITS = 15;

  private static final int MAX_BITS = 333;

  private PlainNumbers() {}

  /** Whether a number is within the limits of JSON. */
  static boolean fits(BigDecimal value) {
    if (value.unscaledValue().bitLength() > MAX_BITS) { // before digits of a giant are counted
      return false;
    }
    int digits = value.precision();
    long exponent = value.signum() == 0 ? value.scale() : (long) digits - value.scale() - 1;
    return digits <= MAX_DIGITS && Math.abs(exponent) <= MAX_EXPONENT;
  }

  static Number of(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  /** The plain form of a number that fits. */
  static Number of(BigDecimal value) {
    if (value.scale() == 0) {
      BigInteger whole = value.unscaledValue();
      return whole.bitLength() < Long.SIZE ? of(whole.longValue()) : whole;
    }
    return (Number) Objects.requireNonNull(Json.parse(Json.write(value)));
  }

  /** Whether a number is in its plain form. */
  static boolean isPlain(BigInteger value) {
    return value.bitLength() >= Long.SIZE && fits(new BigDecimal(value));
  }

  /** Whether a number is in its plain form. */
  @SuppressWarnings("BigDecimalEquals") // the scale counts: trailing zeros do not come back
  static boolean isPlain(BigDecimal value) {
    return value.scale() != 0
        && fits(value)
        && value.precision() > SAFE_DIGITS
        && of(value).equals(value);
  }
}
