package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/**
 * A word of the language.
 *
 * @param text as written for names and symbols, empty at the end
 * @param value the number or text that a literal stands for
 * @param start offset of its first character
 * @param end offset behind its last character
 */
record Token(Kind kind, String text, @Nullable Object value, int start, int end) {

  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** The token as messages show it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "a text";
      case NUMBER, NAME, SYMBOL -> "\"" + Described.text(text) + "\"";
    };
  }
}
