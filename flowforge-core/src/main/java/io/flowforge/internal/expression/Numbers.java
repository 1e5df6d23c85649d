package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic over one type of number, told apart by value and not by class.
 *
 * <p>Whole numbers are computed in 64 bits, exactly or with an error. Everything else is computed
 * as a decimal of 34 digits (IEEE 754 decimal128), so that {@code 0.1 + 0.2} is {@code 0.3}; a
 * decimal result that is whole becomes a whole number again. Results have the classes that numbers
 * read from a document have: {@code Integer}, {@code Long} where that is too small, {@code Double}
 * where that loses no digit, else {@code BigDecimal}; never NaN or infinite.
 */
final class Numbers {

  private static final MathContext PRECISION = MathContext.DECIMAL128;
  private static final int DIGITS_OF_LONG = 19;
  private static final int DIGITS_OF_DOUBLE = 15;
  private static final int SAFE_EXPONENT = 290;
  private static final int LONGEST = 8192;
  private static final double LONG_BOUND = 0x1p63;

  private Numbers() {}

  static Number add(Number left, Number right) {
    Number a = operand(left);
    Number b = operand(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      long sum = x + y;
      return ((x ^ sum) & (y ^ sum)) < 0 ? overflow() : narrow(sum);
    }
    return canonical(decimal(a).add(decimal(b), PRECISION));
  }

  static Number subtract(Number left, Number right) {
    Number a = operand(left);
    Number b = operand(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      long difference = x - y;
      return ((x ^ y) & (x ^ difference)) < 0 ? overflow() : narrow(difference);
    }
    return canonical(decimal(a).subtract(decimal(b), PRECISION));
  }

  static Number multiply(Number left, Number right) {
    Number a = operand(left);
    Number b = operand(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      long high = Math.multiplyHigh(x, y);
      long low = x * y;
      return high != low >> 63 ? overflow() : narrow(low);
    }
    return canonical(decimal(a).multiply(decimal(b), PRECISION));
  }

  static Number divide(Number left, Number right) {
    Number a = operand(left);
    Number b = divisor(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      if (y == -1) {
        return negate(a);
      }
      if (x % y == 0) {
        return narrow(x / y);
      }
    }
    return canonical(decimal(a).divide(decimal(b), PRECISION));
  }

  /** The whole part of a quotient, cut towards zero. */
  static Number quotient(Number left, Number right) {
    Number a = operand(left);
    Number b = divisor(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      return y == -1 ? negate(a) : narrow(x / y);
    }
    return guarded(() -> decimal(a).divideToIntegralValue(decimal(b), PRECISION));
  }

  /** The rest of a division, with the sign of the dividend. */
  static Number remainder(Number left, Number right) {
    Number a = operand(left);
    Number b = divisor(right);
    if (isInteger(a) && isInteger(b)) {
      long x = a.longValue();
      long y = b.longValue();
      return y == -1 ? (Integer) 0 : narrow(x % y);
    }
    return guarded(() -> decimal(a).remainder(decimal(b), PRECISION));
  }

  static Number negate(Number number) {
    Number a = operand(number);
    if (isInteger(a)) {
      long x = a.longValue();
      return x == Long.MIN_VALUE ? overflow() : narrow(-x);
    }
    return canonical(decimal(a).negate());
  }

  /** Rounds to so many digits behind the point. */
  static Number round(Number number, int digits, RoundingMode mode) {
    Number a = operand(number);
    if (isInteger(a) && digits >= 0) {
      return a;
    }
    return canonical(decimal(a).setScale(digits, mode));
  }

  /** Compares by value; the order of numbers that are not finite is an error. */
  static int compare(Number left, Number right) {
    if (isInteger(left) && isInteger(right)) {
      return Long.compare(left.longValue(), right.longValue());
    }
    return exact(left).compareTo(exact(right));
  }

  static boolean equal(Number left, Number right) {
    if (isInteger(left) && isInteger(right)) {
      return left.longValue() == right.longValue();
    }
    if (isFinite(left) && isFinite(right)) {
      return compare(left, right) == 0;
    }
    return left.equals(right);
  }

  /** A number that equals another as an object exactly if both are equal by value. */
  static Number key(Number number) {
    if (isInteger(number)) {
      return number.longValue();
    }
    if (!isFinite(number)) {
      return number;
    }
    BigDecimal exact = exact(number);
    Long whole = whole(exact);
    return whole != null ? whole : exact.stripTrailingZeros();
  }

  /** The whole value, or another one if there is none within 64 bits. */
  static long wholeOr(Number number, long otherwise) {
    if (isInteger(number)) {
      return number.longValue();
    }
    Long whole = isFinite(number) ? whole(exact(number)) : null;
    return whole == null ? otherwise : whole;
  }

  static boolean isWhole(Number number) {
    return isInteger(number) || isFinite(number) && whole(exact(number)) != null;
  }

  /** Text of a number as JSON shows it; equal decimals give equal texts. */
  static String text(Number number) {
    if (isInteger(number)) {
      return number.toString();
    }
    if (number instanceof BigInteger integer) {
      checkLength(integer);
      return integer.toString();
    }
    return isFinite(number) ? text(exact(number)) : String.valueOf(number.doubleValue());
  }

  private static String text(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal plain = number.stripTrailingZeros();
    long exponent = exponent(plain);
    if (exponent >= -7 && exponent <= 20) {
      return plain.toPlainString();
    }
    String digits = plain.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = plain.signum() < 0 ? "-" : "";
    return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
  }

  /** The form in which results are given out. */
  static Number canonical(BigDecimal result) {
    checkRange(result);
    Long whole = whole(result);
    if (whole != null) {
      return narrow(whole);
    }
    double nearest = result.doubleValue();
    boolean safe =
        result.precision() <= DIGITS_OF_DOUBLE && Math.abs(exponent(result)) <= SAFE_EXPONENT;
    return safe || isExact(nearest, result) ? (Number) nearest : result.stripTrailingZeros();
  }

  /** A whole number in the smaller of Integer and Long that holds it. */
  static Number narrow(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  private static boolean isInteger(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  private static boolean isExact(double nearest, BigDecimal number) {
    return Double.isFinite(nearest) && ShortestDecimal.of(nearest).compareTo(number) == 0;
  }

  static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  /** The exact value of a finite number of any class of the JDK. */
  static BigDecimal exact(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (number instanceof BigDecimal decimal) {
      checkLength(decimal.unscaledValue());
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      checkLength(integer);
      return new BigDecimal(integer);
    }
    if (number instanceof Double value && isFinite(number)) {
      return ShortestDecimal.of(value);
    }
    if (number instanceof Float value && isFinite(number)) {
      return ShortestDecimal.of(value);
    }
    throw ExpressionException.of(
        ExpressionCode.NUMBER, "a number that is not finite or of an unknown class has no value");
  }

  /** Brings an operand into the form that is computed with: Integer, Long or BigDecimal. */
  private static Number operand(Number number) {
    if (isInteger(number)) {
      return number;
    }
    if (number instanceof Double value && value == Math.rint(value) && isSmall(value)) {
      return value.longValue();
    }
    BigDecimal exact = exact(number);
    checkRange(exact);
    Long whole = whole(exact);
    if (whole == null && number instanceof BigInteger) {
      throw ExpressionException.of(
          ExpressionCode.NUMBER,
          "integers are computed in 64 bits, " + Described.text(number.toString()) + " has more");
    }
    return whole != null ? whole : exact.round(PRECISION);
  }

  private static Number divisor(Number number) {
    Number divisor = operand(number);
    if (isInteger(divisor) && divisor.longValue() == 0) {
      throw ExpressionException.of(ExpressionCode.NUMBER, "division by zero");
    }
    return divisor;
  }

  private static boolean isSmall(double value) {
    return value >= -LONG_BOUND && value < LONG_BOUND;
  }

  private static BigDecimal decimal(Number operand) {
    return operand instanceof BigDecimal decimal
        ? decimal
        : BigDecimal.valueOf(operand.longValue());
  }

  private static Number guarded(Supplier<BigDecimal> operation) {
    try {
      return canonical(operation.get());
    } catch (ArithmeticException tooFarApart) {
      throw ExpressionException.of(
          ExpressionCode.NUMBER, "the quotient has more than 34 digits before the point");
    }
  }

  /** The value as a long if it is whole and fits, at a cost that its exponent cannot drive up. */
  private static @Nullable Long whole(BigDecimal number) {
    if (number.signum() == 0) {
      return 0L;
    }
    long exponent = exponent(number);
    if (exponent < 0 || exponent >= DIGITS_OF_LONG) {
      return null;
    }
    BigDecimal stripped = number.scale() > 0 ? number.stripTrailingZeros() : number;
    if (stripped.scale() > 0) {
      return null;
    }
    BigInteger integer = stripped.toBigInteger();
    return integer.bitLength() > 63 ? null : (Long) integer.longValue();
  }

  private static void checkRange(BigDecimal number) {
    long exponent = exponent(number);
    if (number.signum() != 0 && (exponent > Limits.EXPONENT || exponent < -Limits.EXPONENT)) {
      throw ExpressionException.of(
          ExpressionCode.NUMBER,
          "a number is out of range: exponents reach from -308 to 308, its is " + exponent);
    }
  }

  private static void checkLength(BigInteger digits) {
    if (digits.bitLength() > LONGEST) {
      throw ExpressionException.of(
          ExpressionCode.NUMBER, "a number has too many digits, more than " + LONGEST + " bits");
    }
  }

  private static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale() - 1;
  }

  private static Number overflow() {
    throw ExpressionException.of(
        ExpressionCode.NUMBER, "integer overflow: whole numbers have 64 bits");
  }
}
