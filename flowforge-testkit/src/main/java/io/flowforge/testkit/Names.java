package io.flowforge.testkit;

import java.util.List;
import java.util.Locale;

/** Texts that databases are known to take for one another. */
final class Names {
  /** Letters of many kinds, one of them beyond 16 bits, and a composed and a decomposed one. */
  static final String UNICODE = "\u00c5A\u030a\u00df\u0130\u4e2d\u0639\u200f\ufffd\ud83d\ude80";

  private Names() {}

  /** Different texts that differ in case, in blanks or in accents. */
  static List<String> alike(String text) {
    return List.of(
        text,
        text.toUpperCase(Locale.ROOT),
        text.toLowerCase(Locale.ROOT),
        text + " ",
        text + "  ",
        " " + text,
        text + "e",
        text + "\u00e9",
        text + "\ud83d\ude00",
        text + "\ud83d\ude01",
        text + "%",
        text + "_");
  }
}
