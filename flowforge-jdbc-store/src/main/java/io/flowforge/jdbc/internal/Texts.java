package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreException;

/** What texts must be so that a database gives them back as they were. */
final class Texts {
  private static final char ESCAPE = '\u0001';

  private Texts() {}

  /** The text itself; refused when it holds half a surrogate pair, which no UTF-8 can. */
  static String whole(String text) {
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (Character.isSurrogate(letter)) {
        boolean pair =
            Character.isHighSurrogate(letter)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
          throw new StoreException(
              StoreException.Kind.FATAL,
              "FF-STORE-TEXT",
              "a text holds half a surrogate pair at character " + at + "; remove it",
              null);
        }
        at++;
      }
    }
    return text;
  }

  /** The text without U+0000, in the same order as before: U+0001 begins a pair. */
  static String withoutNul(String text) {
    if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter <= ESCAPE) {
        escaped.append(ESCAPE).append((char) (letter + 1));
      } else {
        escaped.append(letter);
      }
    }
    return escaped.toString();
  }

  /**
   * The text with U+0001 behind an end of U+0020 or U+0001, for a database that compares texts as
   * if the shorter one ended with spaces: to it such texts are all different.
   */
  static String withoutEndingSpace(String text) {
    return text.endsWith(" ") || endsEscaped(text) ? text + ESCAPE : text;
  }

  /** Takes back {@link #withoutEndingSpace}. */
  static String withEndingSpace(String text) {
    return endsEscaped(text) ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean endsEscaped(String text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == ESCAPE;
  }

  /** Takes back {@link #withoutNul}. */
  static String withNul(String text) {
    if (text.indexOf(ESCAPE) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == ESCAPE && at + 1 < text.length()) {
        at++;
        plain.append((char) (text.charAt(at) - 1));
      } else {
        plain.append(letter);
      }
    }
    return plain.toString();
  }
}
