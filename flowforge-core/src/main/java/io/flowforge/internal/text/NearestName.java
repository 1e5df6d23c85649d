package io.flowforge.internal.text;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The known name that a misspelt one was probably meant to be.
 *
 * <p>Names are compared without case, and with {@code _} and {@code -} alike, by the number of
 * letters to add, leave out, replace or swap with their neighbour (Damerau–Levenshtein in its
 * "optimal string alignment" form). One change is allowed from 3 letters on, two from 6, three from
 * 9.
 */
public final class NearestName {
  /** Longer than any name there can be: not worth comparing. */
  private static final int LONGEST = 130;

  private NearestName() {}

  /**
   * Looks for the nearest name.
   *
   * @param wrong the name that is not known
   * @param known the names that are; of several equally near ones the first wins
   * @return the nearest one; empty when all are far
   */
  public static Optional<String> of(String wrong, Iterable<String> known) {
    String folded = fold(wrong);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int bound = Math.min(allowed(wrong, name), bestDistance - 1);
      int distance = bound < 0 ? Integer.MAX_VALUE : distance(folded, fold(name), bound);
      if (distance <= bound) {
        best = name;
        bestDistance = distance;
        if (distance == 0) {
          break;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * A sentence to end a message with.
   *
   * @param wrong the name that is not known, or null
   * @param known the names that are
   * @return {@code " Did you mean \"customer\"?"}, or empty text when all names are far
   */
  public static String hint(@Nullable String wrong, Iterable<String> known) {
    Optional<String> name = wrong == null ? Optional.empty() : of(wrong, known);
    return name.map(text -> " Did you mean " + Shown.quoted(text) + "?").orElse("");
  }

  /** How many changes still make it the same name; less than 0 when not worth counting. */
  private static int allowed(String wrong, String name) {
    int longer = Math.max(wrong.length(), name.length());
    int allowed = longer < 3 ? 0 : Math.min(longer / 3, 3);
    boolean far = Math.abs(wrong.length() - name.length()) > allowed;
    return far || longer > LONGEST ? -1 : allowed;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The number of changes, or more than {@code bound} as soon as it must exceed it. */
  private static int distance(String a, String b, int bound) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        row[j] = step(a, b, i, j, row, last, beforeLast);
        least = Math.min(least, row[j]);
      }
      if (least > bound) {
        return Integer.MAX_VALUE;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }

  private static int step(
      String a, String b, int i, int j, int[] row, int[] last, int[] beforeLast) {
    char left = a.charAt(i - 1);
    char right = b.charAt(j - 1);
    int changes =
        Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (left == right ? 0 : 1));
    boolean swapped = i > 1 && j > 1 && left == b.charAt(j - 2) && a.charAt(i - 2) == right;
    return swapped ? Math.min(changes, beforeLast[j - 2] + 1) : changes;
  }
}
