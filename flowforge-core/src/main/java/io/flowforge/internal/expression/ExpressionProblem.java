package io.flowforge.internal.expression;

/**
 * One thing that is wrong with an expression.
 *
 * @param code kind of problem
 * @param message what is wrong, with the place at its end
 * @param pointer JSON pointer of the string inside the config value, empty for the value itself
 * @param line line inside that string, from 1
 * @param column column inside that line in UTF-16 units, from 1
 */
public record ExpressionProblem(
    ExpressionCode code, String message, String pointer, int line, int column) {

  ExpressionProblem at(String place) {
    return new ExpressionProblem(code, message, place, line, column);
  }
}
