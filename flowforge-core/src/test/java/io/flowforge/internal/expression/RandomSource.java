package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random expressions and random data; the same seed makes the same. */
final class RandomSource {

  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "-1",
          "2.5",
          "1e300",
          "9223372036854775807",
          "0.1",
          "'a'",
          "''",
          "'ü😀'",
          "'2026-01-31'",
          "'P1D'",
          "'Europe/Berlin'",
          "'[a-z]+'",
          "'k'",
          "true",
          "false",
          "null",
          "[]",
          "{}",
          "'x.y[0]'",
          "'{\"a\":[1]}'",
          "1000000",
          "'days'");
  private static final List<String> NAMES =
      List.of(
          "inputs",
          "inputs.a",
          "inputs.b",
          "inputs.c",
          "fetch.output",
          "fetch",
          "node-1.output.v",
          "vars");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||");
  private static final List<String> TOKENS =
      List.of(
          "(", ")", "[", "]", "{", "}", ",", ".", ":", "?", "+", "-", "*", "/", "%", "!", "==", "=",
          "&", "&&", "|", "<", "in", "1", "1.", ".5", "1e", "'", "\"", "'a'", "\\", "${", "$",
          "inputs", "nodes", "x", "map", "map(", "size(", "\u0000", "\u202e", "é", "😀", "\ud800",
          "\n", " ", "#", "//", "true", "null", "r'");

  private final Random random;
  private int bound;

  RandomSource(long seed) {
    this.random = new Random(seed);
  }

  /** An expression that mostly fits the grammar. */
  String expression(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> expression(depth - 1) + " " + pick(OPERATORS) + " " + expression(depth - 1);
      case 2 -> "(" + expression(depth - 1) + ")";
      case 3 -> (random.nextBoolean() ? "!" : "-") + expression(depth - 1);
      case 4 -> truth(depth) + " ? " + expression(depth - 1) + " : " + expression(depth - 1);
      case 5 -> "[" + expression(depth - 1) + ", " + expression(depth - 1) + "]";
      case 6 -> "{'k': " + expression(depth - 1) + ", 'l': " + expression(depth - 1) + "}";
      case 7 -> "(" + expression(depth - 1) + ")[" + expression(depth - 1) + "]";
      case 8 -> macro(depth);
      case 9, 10 -> call(depth);
      default -> leaf();
    };
  }

  private String truth(int depth) {
    return "(" + expression(depth - 1) + " == " + expression(depth - 1) + ")";
  }

  private String macro(int depth) {
    String name = "x" + bound++;
    String kind = pick(List.of("map", "filter", "all", "exists", "exists_one"));
    String target = random.nextBoolean() ? "inputs.b" : "(" + expression(depth - 1) + ")";
    String body = random.nextBoolean() ? name + " == " + leaf() : expression(depth - 1);
    return target + "." + kind + "(" + name + ", " + body + ")";
  }

  private String call(int depth) {
    FunctionSummary function = pick(Expressions.functions());
    long parameters = function.signature().chars().filter(c -> c == ',').count() + 1;
    boolean none = function.signature().endsWith("()");
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < parameters && !none; i++) {
      arguments.add(expression(depth - 1));
    }
    if (!arguments.isEmpty() && random.nextInt(3) == 0) {
      String target = "(" + arguments.remove(0) + ")";
      return target + "." + function.name() + "(" + String.join(", ", arguments) + ")";
    }
    return function.name() + "(" + String.join(", ", arguments) + ")";
  }

  private String leaf() {
    return random.nextInt(3) == 0 ? pick(NAMES) : pick(LITERALS);
  }

  /** Tokens in any order. */
  String soup() {
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(24); i >= 0; i--) {
      soup.append(pick(TOKENS));
    }
    return soup.toString();
  }

  /** A text with one character changed, left out or doubled. */
  String damaged(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    String rest = text.substring(at + 1);
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + pick(TOKENS) + rest;
      case 1 -> text.substring(0, at) + rest;
      default -> text.substring(0, at + 1) + text.substring(at);
    };
  }

  @Nullable Object value(int depth) {
    return switch (random.nextInt(depth == 0 ? 12 : 16)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(10);
      case 3 -> random.nextLong();
      case 4 -> random.nextDouble();
      case 5 -> new BigDecimal(new BigInteger(200, random), random.nextInt(600) - 300);
      case 6 -> new BigInteger(300, random);
      case 7 ->
          pick(
              List.of(
                  Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE, Float.MAX_VALUE));
      case 8 -> "x".repeat(random.nextInt(5000));
      case 9 -> "2026-01-31T08:30:00Z";
      case 10 -> "ü\ud800😀\u0000";
      case 11 -> "12.5";
      case 12, 13 -> list(depth);
      default -> Data.map("k", value(depth - 1), "a", value(depth - 1), "v", value(depth - 1));
    };
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
