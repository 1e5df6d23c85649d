package io.flowforge.diagram;

/** Writes XML: elements, numbers of one decimal, and text that can harm neither XML nor eyes. */
final class SvgText {
  private static final int LONGEST = 400;

  private final StringBuilder text = new StringBuilder();

  SvgText raw(String markup) {
    text.append(markup);
    return this;
  }

  SvgText number(double value) {
    long tenths = Math.round(value * 10);
    if (tenths < 0) {
      text.append('-');
    }
    text.append(Math.abs(tenths) / 10);
    if (tenths % 10 != 0) {
      text.append('.').append(Math.abs(tenths) % 10);
    }
    return this;
  }

  SvgText attribute(String name, double value) {
    text.append(' ').append(name).append("=\"");
    return number(value).raw("\"");
  }

  SvgText escaped(String value) {
    String shown = visible(value);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(c);
      }
    }
    return this;
  }

  /**
   * Text without characters that XML forbids or that move other text about: white space becomes a
   * blank, the others a replacement character, bidi controls nothing; at most 400 characters.
   */
  static String visible(String raw) {
    StringBuilder visible = new StringBuilder(Math.min(raw.length(), LONGEST));
    int count = 0;
    for (int i = 0; i < raw.length() && count < LONGEST; count++) {
      int character = raw.codePointAt(i);
      i += Character.charCount(character);
      if (Character.isWhitespace(character)) {
        visible.append(' ');
      } else if (!isAllowed(character)) {
        visible.append('\ufffd');
      } else if (!isDirection(character)) {
        visible.appendCodePoint(character);
      }
    }
    return visible.toString();
  }

  private static boolean isAllowed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isDirection(int character) {
    return character >= 0x200E && character <= 0x200F
        || character >= 0x202A && character <= 0x202E
        || character >= 0x2066 && character <= 0x2069
        || character == 0x061C;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
