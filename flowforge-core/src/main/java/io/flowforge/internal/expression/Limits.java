package io.flowforge.internal.expression;

/** The budgets of the language; part of its contract. */
final class Limits {

  /** Longest source of one expression, in characters. */
  static final int SOURCE = 8 * 1024;

  /** Deepest nesting of brackets, arguments, unary operators and branches in a source. */
  static final int DEPTH = 32;

  /** Most operands of one chain such as {@code 1 + 1 + 1}, and most segments of one path. */
  static final int CHAIN = SOURCE / 2;

  /**
   * Most steps of one evaluation: rounds of macros, elements and kilobytes that functions touch.
   */
  static final int STEPS = 100_000;

  /** Largest value that an evaluation may build, in characters and 8 per element. */
  static final int RESULT = 1024 * 1024;

  /** Most that one evaluation may build altogether, results in between included. */
  static final int BUILT = 8 * RESULT;

  /** How many full evaluations the strings of one config value may cost together. */
  static final int STRINGS = 4;

  /** Deepest nesting of a value that is compared, measured or written as JSON. */
  static final int VALUE_DEPTH = 128;

  /** Deepest nesting of a config value. */
  static final int CONFIG_DEPTH = 128;

  /** Largest decimal exponent of a number that is computed with. */
  static final int EXPONENT = 308;

  private Limits() {}
}
