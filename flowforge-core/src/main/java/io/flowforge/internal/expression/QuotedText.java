package io.flowforge.internal.expression;

/** Reads one text literal: {@code 'it'}, {@code "it"} with escapes, or {@code r'it'} without. */
final class QuotedText {

  private static final String PLAIN_ESCAPES = "\\'\"`/?";
  private static final String NAMED_ESCAPES = "nrtbfva";
  private static final String NAMED_VALUES = "\n\r\t\b\f\u000B\u0007";

  private final String text;
  private final int start;
  private final int end;
  private final StringBuilder value = new StringBuilder();
  private int at;

  QuotedText(String text, int start, int end) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  Token token() {
    boolean raw = text.charAt(start) != '\'' && text.charAt(start) != '"';
    at = raw ? start + 1 : start;
    char quote = text.charAt(at++);
    while (at < end && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && !raw) {
        escape();
      } else {
        value.append(c);
      }
    }
    if (at >= end) {
      throw problem(start, "a text is not closed, " + quote + " is missing");
    }
    at++;
    return new Token(Token.Kind.TEXT, text.substring(start, at), value.toString(), start, at);
  }

  private void escape() {
    int backslash = at - 1;
    char c = at < end ? text.charAt(at++) : ' ';
    int named = NAMED_ESCAPES.indexOf(c);
    if (PLAIN_ESCAPES.indexOf(c) >= 0) {
      value.append(c);
    } else if (named >= 0) {
      value.append(NAMED_VALUES.charAt(named));
    } else {
      switch (c) {
        case 'x' -> point(2, backslash);
        case 'u' -> point(4, backslash);
        case 'U' -> point(8, backslash);
        default -> throw unknown(backslash);
      }
    }
  }

  private void point(int digits, int backslash) {
    int point = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < end ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0 || point > Character.MAX_CODE_POINT) {
        throw unknown(backslash);
      }
      point = point * 16 + digit;
    }
    if (!Character.isValidCodePoint(point)) {
      throw unknown(backslash);
    }
    value.appendCodePoint(point);
  }

  private ExpressionException unknown(int backslash) {
    return problem(
        backslash, "unknown escape in a text; use \\\\ \\' \\\" \\n \\r \\t \\uXXXX, or r'…'");
  }

  private ExpressionException problem(int offset, String message) {
    return new Place(text, offset).failure(ExpressionCode.SYNTAX, message);
  }
}
