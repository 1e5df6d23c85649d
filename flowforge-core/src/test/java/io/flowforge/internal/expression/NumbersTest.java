package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e[+-][0-9]+)?");
  private static final BigDecimal LARGEST = new BigDecimal("1e309");

  @ParameterizedTest
  @CsvSource({
    "2147483647 + 1, 2147483648, Long",
    "2147483648 - 1, 2147483647, Integer",
    "0.5 + 0.5, 1, Integer",
    "1 / 8, 0.125, Double",
    "1 / 3, 0.3333333333333333333333333333333333, BigDecimal",
    "9e307 * 10, 9e308, BigDecimal",
    "1e-307 / 10, 1e-308, Double",
    "4611686018427387904 * 2 - 1, , ",
    "3037000499 * 3037000499, 9223372030926249001, Long",
  })
  void results_have_the_class_that_a_document_reader_gives(
      String source, @Nullable String value, @Nullable String type) {
    if (value == null) {
      assertThat(value(source)).isNull();
      return;
    }
    Number result = value(source);
    assertThat(Numbers.exact(result)).isEqualByComparingTo(value);
    assertThat(result.getClass().getSimpleName()).isEqualTo(type);
  }

  @Test
  void arithmetic_agrees_with_decimals_of_34_digits() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      Number left = number(random);
      Number right = number(random);
      BigDecimal a = Numbers.exact(left);
      BigDecimal b = Numbers.exact(right);
      agrees(left + " + " + right, Numbers::add, left, right, a.add(b, MathContext.DECIMAL128));
      agrees(
          left + " - " + right,
          Numbers::subtract,
          left,
          right,
          a.subtract(b, MathContext.DECIMAL128));
      agrees(
          left + " * " + right,
          Numbers::multiply,
          left,
          right,
          a.multiply(b, MathContext.DECIMAL128));
      if (b.signum() != 0) {
        agrees(
            left + " / " + right,
            Numbers::divide,
            left,
            right,
            a.divide(b, MathContext.DECIMAL128));
      }
      check(Integer.signum(Numbers.compare(left, right)) == a.compareTo(b), left, right);
      boolean sameKey = Numbers.key(left).equals(Numbers.key(right));
      check(sameKey == (a.compareTo(b) == 0), left, right);
    }
  }

  /** Said in a loop of thousands, where an assertion would spend its time on its message. */
  private static void check(boolean holds, Object... what) {
    if (!holds) {
      throw new AssertionError("does not hold for " + List.of(what));
    }
  }

  private interface Operation {
    Number apply(Number left, Number right);
  }

  private static void agrees(
      String what, Operation operation, Number left, Number right, BigDecimal expected) {
    boolean integers = Numbers.isWhole(left) && Numbers.isWhole(right);
    boolean fits = expected.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    try {
      Number result = operation.apply(left, right);
      if (Numbers.exact(result).compareTo(expected) != 0) {
        throw new AssertionError(what + " gave " + result + " and not " + expected);
      }
    } catch (ExpressionException failure) {
      boolean overflow = integers && !fits;
      boolean outOfRange =
          expected.abs().compareTo(LARGEST) >= 0
              || expected.abs().compareTo(new BigDecimal("1e-308")) < 0;
      if (!overflow && !outOfRange) {
        throw new AssertionError(what + " failed: " + failure.getMessage(), failure);
      }
    }
  }

  private static Number number(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextInt(100) - 50;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> random.nextDouble() * 1000;
      case 4 -> (double) random.nextInt(1000);
      case 5 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(20));
      default ->
          new BigDecimal(BigInteger.valueOf(random.nextInt(1000)), random.nextInt(500) - 250);
    };
  }

  @Test
  void the_shortest_decimal_of_a_double_is_the_same_on_every_jdk() {
    Random random = new Random(3);
    assertThat(ShortestDecimal.of(2.916E22)).isEqualByComparingTo("2.916E22");
    for (int i = 0; i < 5_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value) && Math.abs(value) > 1e-300) {
        BigDecimal shortest = ShortestDecimal.of(value);
        int digits = shortest.stripTrailingZeros().precision();
        check(shortest.doubleValue() == value, value, shortest);
        check(digits <= new BigDecimal(Double.toString(value)).precision(), value, shortest);
      }
    }
  }

  @Test
  void text_is_json_and_reads_back_as_an_equal_number() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      Number number = number(random);
      String text = Numbers.text(number);
      check(JSON_NUMBER.matcher(text).matches(), number, text);
      check(new BigDecimal(text).compareTo(Numbers.exact(number)) == 0, number, text);
    }
  }

  @Test
  void whole_numbers_of_every_class_are_the_same_index() {
    List<Number> twos = List.of(2, 2L, 2.0, 2f, new BigDecimal("2.00"), BigInteger.TWO, (short) 2);
    assertThat(twos)
        .allSatisfy(
            two ->
                assertThat(Data.none().inputs("two", two).value("['a', 'b', 'c'][inputs.two]"))
                    .isEqualTo("c"));
  }

  private static @Nullable Number value(String source) {
    try {
      return (Number) Data.none().value(source);
    } catch (ExpressionException failure) {
      return null;
    }
  }
}
