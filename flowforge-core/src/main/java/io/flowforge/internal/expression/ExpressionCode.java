package io.flowforge.internal.expression;

/** The ways in which an expression can be wrong or fail; the codes are stable. */
public enum ExpressionCode {
  /** Found while compiling: the text is no expression, or is longer than 8,192 characters. */
  SYNTAX("FF-EXPR-SYNTAX"),
  /** Found while compiling: nested deeper than 32. */
  DEPTH("FF-EXPR-DEPTH"),
  /** Found while compiling: a name that is unknown here, or a node that is not upstream. */
  REFERENCE("FF-DEF-REF"),
  /** Found while compiling: a name that expressions may not reach, or a look into a secret. */
  FORBIDDEN("FF-EXPR-FORBIDDEN"),
  /** Found while compiling: a bound name that hides another one or is reserved. */
  NAME("FF-EXPR-NAME"),
  /** Found while compiling: an unknown function or a wrong number of arguments. */
  FUNCTION("FF-EXPR-FUNCTION"),
  /** A regular expression outside RE2; found while compiling where the pattern is written out. */
  REGEX("FF-EXPR-REGEX"),
  /** An operator or function got a value of a type that it does not take. */
  TYPE("FF-EXPR-TYPE"),
  /** Overflow, division by zero, or a number out of range. */
  NUMBER("FF-EXPR-NUMBER"),
  /** An argument of the right type that the function cannot use, such as a malformed date. */
  VALUE("FF-EXPR-VALUE"),
  /** More than 100,000 steps. */
  BUDGET("FF-EXPR-BUDGET"),
  /** A result of more than 1 MiB, or nested too deep. */
  OUTPUT("FF-EXPR-OUTPUT"),
  /** A condition that gave no boolean. */
  CONDITION("FF-EXPR-CONDITION");

  private final String code;

  ExpressionCode(String code) {
    this.code = code;
  }

  /** The stable code, such as {@code FF-EXPR-TYPE}. */
  public String code() {
    return code;
  }
}
