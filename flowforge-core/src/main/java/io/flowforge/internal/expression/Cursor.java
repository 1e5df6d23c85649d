package io.flowforge.internal.expression;

/** The parser's place among the tokens, how deep it is nested there, and what to say about it. */
final class Cursor {

  private final Lexer lexer;
  private Token token;
  private int depth;

  Cursor(Lexer lexer) {
    this.lexer = lexer;
    this.token = lexer.next(lexer.start());
  }

  /** The token that is next to be read. */
  Token token() {
    return token;
  }

  /** Reads a token. */
  Token advance() {
    Token passed = token;
    token = lexer.next(passed.end());
    return passed;
  }

  Token expect(String symbol) {
    if (!token.isSymbol(symbol)) {
      throw unexpected(symbol);
    }
    return advance();
  }

  /** The next token with the dashes and words that touch it, such as {@code node-1}. */
  String run() {
    int end = Math.max(lexer.dashedEnd(token.start()), token.end());
    return lexer.text().substring(token.start(), end);
  }

  /** Reads so many characters from the beginning of the next token as one. */
  void pass(int length) {
    token = lexer.next(token.start() + length);
  }

  /** Goes one level deeper. */
  void enter(Token opening) {
    if (++depth > Limits.DEPTH) {
      throw tooDeep(opening);
    }
  }

  void leave() {
    depth--;
  }

  ExpressionException tooDeep(Token where) {
    String message =
        "an expression is nested at most " + Limits.DEPTH + " deep, this one is deeper";
    return place(where.start()).failure(ExpressionCode.DEPTH, message);
  }

  ExpressionException tooLong() {
    return syntax("an expression is at most " + Limits.SOURCE + " characters long");
  }

  ExpressionException notClosed() {
    return place(lexer.start()).failure(ExpressionCode.SYNTAX, "${ is not closed, } is missing");
  }

  ExpressionException unexpected(String expected) {
    return syntax("expected " + expected + ", found " + token.shown());
  }

  private ExpressionException syntax(String message) {
    return place(token.start()).failure(ExpressionCode.SYNTAX, message);
  }

  Place place(int at) {
    return new Place(lexer.text(), at);
  }

  /** True if the text goes on beyond the longest source, be it with white space. */
  boolean isTooLong() {
    return token.end() - lexer.start() > Limits.SOURCE;
  }
}
