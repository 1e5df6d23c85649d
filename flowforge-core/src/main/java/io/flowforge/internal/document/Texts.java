package io.flowforge.internal.document;

/** What Java allows in a text and Unicode does not: halves of surrogate pairs. */
final class Texts {
  private Texts() {}

  /** Whether every surrogate has its other half. */
  static boolean isWellFormed(String text) {
    return firstHalf(text) < 0;
  }

  /** The text with U+FFFD in place of every half. */
  static String repaired(String text) {
    int half = firstHalf(text);
    if (half < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (int i = half; i < repaired.length(); i++) {
      char c = repaired.charAt(i);
      if (isPair(repaired, i)) {
        i++;
      } else if (Character.isSurrogate(c)) {
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired.toString();
  }

  private static int firstHalf(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPair(CharSequence text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
