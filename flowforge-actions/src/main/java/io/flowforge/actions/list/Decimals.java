package io.flowforge.actions.list;

import io.flowforge.spi.ActionException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers by exact decimal value.
 *
 * <p>A double stands for the shortest decimal that names it, as in JSON, so 0.1 and 0.2 add up to
 * 0.3.
 */
final class Decimals {
  /** Beyond what JSON documents may hold; adding numbers so far apart would take for ever. */
  private static final int MAX_DIGITS = 1000;

  private Decimals() {}

  static BigDecimal of(Number number) {
    BigDecimal decimal = exact(number);
    if (decimal.precision() > MAX_DIGITS || Math.abs((long) decimal.scale()) > MAX_DIGITS) {
      throw ActionException.permanent(
          "FF-LIST-NUMBER",
          "A number must have at most " + MAX_DIGITS + " digits before and after the point.");
    }
    return decimal;
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(number.toString());
    }
    return BigDecimal.valueOf(number.longValue());
  }

  /** The smallest plain number with this value: integer, long, big integer, double, big decimal. */
  static Number plain(BigDecimal decimal) {
    BigDecimal value = decimal.stripTrailingZeros();
    if (value.scale() <= 0) {
      return integer(value.toBigInteger());
    }
    double nearest = value.doubleValue();
    boolean same =
        Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0;
    return same ? (Number) nearest : value;
  }

  private static Number integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return value.intValue();
    }
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }
}
