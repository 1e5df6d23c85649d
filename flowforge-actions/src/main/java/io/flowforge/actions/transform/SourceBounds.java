package io.flowforge.actions.transform;

/**
 * Looks at a source before any parser does: those are recursive, and would end in a stack overflow.
 */
final class SourceBounds {
  private static final int MAX_LENGTH = 8192;
  private static final int MAX_DEPTH = 32;

  private SourceBounds() {}

  static void check(String source) {
    if (source.length() > MAX_LENGTH) {
      throw Refusals.limit(
          "expression must have at most " + MAX_LENGTH + " characters, had " + source.length());
    }
    if (depth(source) > MAX_DEPTH) {
      throw Refusals.limit("expression must not nest brackets deeper than " + MAX_DEPTH);
    }
  }

  /** Deepest nesting of brackets outside quotes; a quote that is not closed hides the rest. */
  private static int depth(String source) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"' || c == '\'' || c == '`') {
        i = closing(source, i);
      } else if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']' || c == '}') {
        depth = Math.max(0, depth - 1);
      }
    }
    return deepest;
  }

  private static int closing(String source, int open) {
    char quote = source.charAt(open);
    for (int i = open + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    return source.length();
  }
}
