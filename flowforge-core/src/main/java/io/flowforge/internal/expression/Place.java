package io.flowforge.internal.expression;

import java.util.List;

/** A position in a text, told as line and column only when it is asked for. */
record Place(String text, int offset) {

  private static final int LONGEST_MESSAGE = 512;

  ExpressionProblem problem(ExpressionCode code, String message) {
    return problem(code, message, "");
  }

  /**
   * A problem at this place.
   *
   * @param hint what to do, as a sentence behind the place that begins with a space, or empty
   */
  ExpressionProblem problem(ExpressionCode code, String message, String hint) {
    int line = 1;
    int lineStart = 0;
    int end = Math.min(offset, text.length());
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = end - lineStart + 1;
    String where = " at line " + line + ", column " + column + (hint.isEmpty() ? "" : "." + hint);
    int room = Math.max(1, LONGEST_MESSAGE - where.length());
    String said = message.length() <= room ? message : message.substring(0, room - 1) + "…";
    return new ExpressionProblem(code, said + where, "", line, column);
  }

  ExpressionException failure(ExpressionCode code, String message) {
    return new ExpressionException(List.of(problem(code, message)));
  }
}
