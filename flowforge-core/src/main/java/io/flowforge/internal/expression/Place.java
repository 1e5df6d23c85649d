package io.flowforge.internal.expression;

/** A position in a text, told as line and column only when it is asked for. */
record Place(String text, int offset) {

  private static final int LONGEST_MESSAGE = 512;

  ExpressionProblem problem(ExpressionCode code, String message) {
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
    String where = " at line " + line + ", column " + column;
    int room = LONGEST_MESSAGE - where.length();
    String said = message.length() <= room ? message : message.substring(0, room - 1) + "…";
    return new ExpressionProblem(code, said + where, "", line, column);
  }

  ExpressionException failure(ExpressionCode code, String message) {
    return new ExpressionException(java.util.List.of(problem(code, message)));
  }
}
