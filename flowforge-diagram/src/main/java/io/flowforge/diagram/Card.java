package io.flowforge.diagram;

import io.flowforge.picture.PictureNode;
import io.flowforge.picture.PictureRun;
import java.util.Optional;

/**
 * A node with its place and size, in pixels.
 *
 * @param node the node
 * @param x left edge
 * @param y upper edge
 * @param width width
 * @param height height
 * @param body what is drawn inside, below the lines of text
 */
record Card(
    PictureNode node, double x, double y, double width, double height, Optional<Sheet> body) {

  static final double PADDING = 12;
  static final double LINE = 16;

  private static final double LEAST_WIDTH = 108;
  private static final double LONGEST_TEXT = 290;

  /** A card that is large enough for its texts and its body, not placed yet. */
  static Card of(PictureNode node, Optional<Sheet> body) {
    double badge = node.run().isPresent() ? Badge.SIZE + 6 : 0;
    double text = Math.max(TextWidth.TITLE.of(title(node)) + badge, TextWidth.SMALL.of(kind(node)));
    text = Math.max(text, TextWidth.SMALL.of(status(node)));
    double width = Math.max(LEAST_WIDTH, text + 2 * PADDING + 2);
    double height = header(node);
    if (body.isPresent()) {
      width = Math.max(width, body.get().width() + 2 * PADDING);
      height += body.get().height() + PADDING;
    }
    return new Card(node, 0, 0, Math.ceil(width), height, body);
  }

  Card at(double left, double top) {
    return new Card(node, left, top, width, height, body);
  }

  static double header(PictureNode node) {
    return 2 * PADDING + LINE * (node.run().isPresent() ? 3 : 2) - 6;
  }

  static String title(PictureNode node) {
    return TextWidth.TITLE.cut(node.label(), LONGEST_TEXT);
  }

  static String kind(PictureNode node) {
    return TextWidth.SMALL.cut(node.kind(), LONGEST_TEXT);
  }

  /** How the run of the node went; empty in a picture of a flow. */
  static String status(PictureNode node) {
    return node.run().map(run -> TextWidth.SMALL.cut(words(run), LONGEST_TEXT)).orElse("");
  }

  private static String words(PictureRun run) {
    String status = Words.of(run.status());
    return run.facts().isEmpty() ? status : status + " · " + run.facts();
  }
}
