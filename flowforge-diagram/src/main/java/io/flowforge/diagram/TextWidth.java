package io.flowforge.diagram;

/**
 * How wide text is drawn, for want of the viewer's font.
 *
 * <p>Widths of Helvetica in thousandths of its size, rounded up to what other common sans-serif
 * fonts need; characters beyond ASCII count as a wide letter, those of East Asia and emoji as a
 * square.
 */
enum TextWidth {
  /** Headline. */
  HEADLINE(19, 1.13),
  /** Names of nodes. */
  TITLE(13, 1.13),
  /** All other text. */
  SMALL(11, 1);

  private static final int WIDE = 640;
  private static final int SQUARE = 1_050;
  private static final double MARGIN = 1.14;

  /** From blank to tilde. */
  private static final int[] ASCII = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private final double size;
  private final double weight;

  TextWidth(double size, double weight) {
    this.size = size;
    this.weight = weight;
  }

  /** The width of a text in pixels. */
  double of(String text) {
    double width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += width(text.codePointAt(i));
    }
    return width;
  }

  /** As much of a text as fits, with an ellipsis for what does not. */
  String cut(String raw, double most) {
    String text = SvgText.visible(raw);
    double width = 0;
    int fits = 0;
    double ellipsis = width('…');
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (width + ellipsis <= most) {
        fits = i;
      }
      width += width(text.codePointAt(i));
      if (width > most) {
        return text.substring(0, fits).stripTrailing() + '…';
      }
    }
    return text;
  }

  private double width(int character) {
    int thousandths =
        character < ' '
            ? 0
            : character <= '~'
                ? ASCII[character - ' ']
                : isSquare(character) ? SQUARE : character == '·' ? 333 : WIDE;
    return thousandths * size * weight * MARGIN / 1_000;
  }

  private static boolean isSquare(int character) {
    return Character.isIdeographic(character)
        || character >= 0x1100 && character <= 0x11FF
        || character >= 0x2600 && character <= 0x27BF
        || character >= 0x3000 && character <= 0x30FF
        || character >= 0xAC00 && character <= 0xD7A3
        || character >= 0xFF00 && character <= 0xFF60
        || character >= 0x1F000
        || character == '…'
        || character == '—'
        || character == '™';
  }
}
