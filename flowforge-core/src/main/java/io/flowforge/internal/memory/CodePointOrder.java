package io.flowforge.internal.memory;

import java.util.Comparator;

/** Orders texts as their UTF-8 bytes are ordered, without encoding them. */
final class CodePointOrder {
  static final Comparator<String> OF_TEXTS = CodePointOrder::compare;

  private CodePointOrder() {}

  static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char first = one.charAt(i);
      char second = other.charAt(i);
      if (first != second) {
        return weight(first) - weight(second);
      }
    }
    return one.length() - other.length();
  }

  /** Surrogates stand for code points behind all others. */
  private static int weight(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
