package io.flowforge.actions.file;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from running what is in a cell.
 *
 * <p>A line of a cell that begins, behind blanks, with a sign that starts a formula gets an
 * apostrophe in front of it, which spreadsheets take for "text" (OWASP, CSV Injection). Plain
 * numbers such as -5 or +3.2 stay as they are.
 */
final class FormulaGuard {
  private static final String SIGNS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(?:[.,]\\d{1,30})?");

  private FormulaGuard() {}

  static String guard(String cell) {
    if (cell.isEmpty() || NUMBER.matcher(cell).matches()) {
      return cell;
    }
    StringBuilder guarded = null;
    for (int start = 0; start >= 0; start = nextLine(cell, start)) {
      boolean dangerous = isDangerous(cell, start);
      if (dangerous && guarded == null) {
        guarded = new StringBuilder(cell.length() + 8).append(cell, 0, start);
      }
      if (guarded != null) {
        int end = nextLine(cell, start);
        guarded.append(dangerous ? "'" : "").append(cell, start, end < 0 ? cell.length() : end);
      }
    }
    return guarded == null ? cell : guarded.toString();
  }

  /** Where the next line begins, or -1. */
  private static int nextLine(String cell, int start) {
    for (int i = start; i < cell.length() - 1; i++) {
      char c = cell.charAt(i);
      boolean end = c == '\n' || (c == '\r' && cell.charAt(i + 1) != '\n');
      if (end) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isDangerous(String cell, int start) {
    for (int i = start; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (SIGNS.indexOf(c) >= 0 || (c == '\n' && i == 0)) {
        return true;
      }
      if (!isBlank(c)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return c != '\n'
        && (Character.isWhitespace(c)
            || Character.isSpaceChar(c)
            || Character.getType(c) == Character.FORMAT);
  }
}
