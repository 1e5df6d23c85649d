package io.flowforge.internal.document;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids: what they look like, and the one that is made from a name. */
final class Slug {
  static final String RULE =
      "must be 1 to 128 of A-Z, a-z, 0-9, _ and -, beginning with a letter or digit";

  private static final int LONGEST = 128;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  private Slug() {}

  static boolean isId(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /** An id made from a name: {@code "Grüße, Welt!"} gives {@code grusse-welt}. */
  static String of(String name) {
    String letters = Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFKD);
    String words = MARKS.matcher(letters).replaceAll("").toLowerCase(Locale.ROOT);
    String slug = OTHERS.matcher(words).replaceAll("-");
    String trimmed = slug.replaceAll("^-|-$", "");
    if (trimmed.isEmpty()) {
      // A name without Latin letters still gets an id of its own, the same every time.
      String hash = Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
      return "flow-" + hash.substring(0, 12);
    }
    return trimmed.substring(0, Math.min(trimmed.length(), LONGEST));
  }
}
