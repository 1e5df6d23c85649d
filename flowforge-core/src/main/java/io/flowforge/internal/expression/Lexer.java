package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/**
 * Cuts a text into tokens, one at a time, so that the first thing that is wrong is what is told.
 */
final class Lexer {

  private static final Set<String> PAIRS = Set.of("<=", ">=", "==", "!=", "&&", "||");
  private static final String SINGLES = "!-*/%+<>?:.,()[]{}";
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

  private final String text;
  private final int start;
  private final int end;

  /** Reads from start to end; the limit of a source counts from start. */
  Lexer(String text, int start, int end) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  String text() {
    return text;
  }

  /** Where the expression begins. */
  int start() {
    return start;
  }

  Token next(int from) {
    int at = from;
    while (at < end && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at >= end) {
      return new Token(Token.Kind.END, "", null, end, end);
    }
    char first = text.charAt(at);
    boolean raw = (first == 'r' || first == 'R') && at + 1 < end && isQuote(text.charAt(at + 1));
    Token token;
    if (raw || isQuote(first)) {
      token = new QuotedText(text, at, end).token();
    } else if (isDigit(at) || first == '.' && isDigit(at + 1)) {
      token = number(at);
    } else if (isNameStart(at)) {
      token = name(at);
    } else {
      token = symbol(at);
    }
    checkLength(at, token.end());
    return token;
  }

  private void checkLength(int at, int to) {
    if (to - start > Limits.SOURCE) {
      throw problem(
          at, "an expression is at most " + Limits.SOURCE + " characters long, this one is longer");
    }
  }

  /** End of the run of letters, digits, underscores and dashes that begins here. */
  int dashedEnd(int from) {
    int at = from;
    while (at < end && (isWord(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    return at;
  }

  private Token name(int at) {
    int to = at;
    while (to < end && Character.isLetterOrDigit(text.codePointAt(to))
        || to < end && text.charAt(to) == '_') {
      to += Character.charCount(text.codePointAt(to));
    }
    return new Token(Token.Kind.NAME, text.substring(at, to), null, at, to);
  }

  private Token symbol(int at) {
    if (at + 1 < end && PAIRS.contains(text.substring(at, at + 2))) {
      return new Token(Token.Kind.SYMBOL, text.substring(at, at + 2), null, at, at + 2);
    }
    char first = text.charAt(at);
    if (SINGLES.indexOf(first) >= 0) {
      return new Token(Token.Kind.SYMBOL, String.valueOf(first), null, at, at + 1);
    }
    String shown = Described.text(Character.toString(text.codePointAt(at)));
    throw problem(at, "\"" + shown + "\" is no part of an expression" + cure(first));
  }

  private static String cure(char first) {
    return switch (first) {
      case '=' -> "; compare with ==, there is no assignment";
      case '&', '|' -> "; write && or ||";
      default -> "";
    };
  }

  private Token number(int at) {
    int to = digits(at);
    boolean decimal = false;
    if (to < end && text.charAt(to) == '.' && isDigit(to + 1)) {
      decimal = true;
      to = digits(to + 1);
    }
    int exponent = exponentEnd(to);
    decimal |= exponent > to;
    to = exponent;
    if (isNameStart(to)) {
      throw problem(
          at, "a number ends in a letter; a node whose id begins with a digit is nodes['1a']");
    }
    checkLength(at, to);
    String digits = text.substring(at, to);
    if (digits.length() > 1 && digits.charAt(0) == '0' && isDigit(at + 1)) {
      throw problem(at, "a number does not begin with 0: " + Described.text(digits));
    }
    Number value = decimal ? decimal(digits, at) : integer(digits, at);
    return new Token(Token.Kind.NUMBER, digits, value, at, to);
  }

  private int exponentEnd(int at) {
    if (at >= end || Character.toLowerCase(text.charAt(at)) != 'e') {
      return at;
    }
    boolean signed = at + 1 < end && "+-".indexOf(text.charAt(at + 1)) >= 0;
    int from = signed ? at + 2 : at + 1;
    return isDigit(from) ? digits(from) : at;
  }

  /** Only the number that -9223372036854775808 is written with may lie outside 64 bits. */
  private Number integer(String digits, int at) {
    BigInteger value = digits.length() > 19 ? null : new BigInteger(digits);
    if (value == null || value.negate().compareTo(SMALLEST) < 0) {
      throw new Place(text, at)
          .failure(ExpressionCode.NUMBER, Described.text(digits) + " does not fit into 64 bits");
    }
    return value.bitLength() > 63 ? value : Numbers.narrow(value.longValue());
  }

  private Number decimal(String digits, int at) {
    try {
      return Numbers.canonical(new BigDecimal(digits));
    } catch (NumberFormatException | ExpressionException ignored) {
      // Thrown for an exponent out of range; either way the literal is at fault.
      String message =
          Described.text(digits) + " is out of range: exponents reach from -308 to 308";
      throw new Place(text, at).failure(ExpressionCode.NUMBER, message);
    }
  }

  private int digits(int from) {
    int at = from;
    while (isDigit(at)) {
      at++;
    }
    return at;
  }

  private boolean isDigit(int at) {
    return at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private boolean isNameStart(int at) {
    return at < end && (text.charAt(at) == '_' || Character.isLetter(text.codePointAt(at)));
  }

  static boolean isWord(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private ExpressionException problem(int at, String message) {
    return new Place(text, at).failure(ExpressionCode.SYNTAX, message);
  }
}
