package io.flowforge.internal.expression;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a misspelt one was most likely meant to be. */
final class Nearest {

  private static final int LONGEST = 64;

  private Nearest() {}

  /** Ends a message with a proposal, or with nothing if no name is near. */
  static String hint(String word, Iterable<String> known) {
    String nearest = to(word, known);
    return nearest == null ? "" : "; did you mean \"" + Shown.text(nearest) + "\"?";
  }

  static @Nullable String to(String word, Iterable<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    int best = Math.max(1, wanted.length() / 3) + 1;
    String nearest = null;
    for (String name : known) {
      if (Math.abs(name.length() - wanted.length()) < best) {
        int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
        if (distance < best) {
          best = distance;
          nearest = name;
        }
      }
    }
    return nearest;
  }

  /** Edits between two words, where swapping two neighbours is one edit. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int edits = Math.min(previous[j - 1] + cost, 1 + Math.min(previous[j], current[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        current[j] = swapped ? Math.min(edits, before[j - 2] + 1) : edits;
      }
      int[] free = before;
      before = previous;
      previous = current;
      current = free;
    }
    return previous[b.length()];
  }
}
