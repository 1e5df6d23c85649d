package io.flowforge.testkit;

import java.util.Locale;

/** Looks for words in text. */
final class Words {
  private Words() {}

  static boolean contain(String text, String words) {
    return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
