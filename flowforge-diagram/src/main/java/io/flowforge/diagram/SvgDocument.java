package io.flowforge.diagram;

import io.flowforge.picture.Picture;
import io.flowforge.picture.PictureNode;

/** Writes a picture that has been laid out. */
final class SvgDocument {
  private static final double MARGIN = 24;
  private static final double HEADLINE = 44;
  private static final double ROUND = 9;
  private static final double LONGEST_HEADLINE = 900;

  private final Picture picture;
  private final Sheet sheet;
  private final SvgText svg = new SvgText();

  SvgDocument(Picture picture, Sheet sheet) {
    this.picture = picture;
    this.sheet = sheet;
  }

  String text() {
    String headline = TextWidth.HEADLINE.cut(picture.title(), LONGEST_HEADLINE);
    double inner = Math.max(sheet.width(), Math.max(320, TextWidth.HEADLINE.of(headline)));
    Legend legend = Legend.of(sheet, inner);
    double width = inner + 2 * MARGIN;
    double legendGap = legend.height() > 0 ? 14 : 0;
    double height = MARGIN + HEADLINE + sheet.height() + legendGap + legend.height() + MARGIN;
    open(Math.ceil(width), Math.ceil(height));
    svg.raw("<text class=\"ff-headline ff-ink\"").attribute("x", MARGIN);
    svg.attribute("y", MARGIN + 16).raw(">").escaped(headline).raw("</text>\n");
    svg.raw("<text class=\"ff-small ff-muted\"").attribute("x", MARGIN);
    svg.attribute("y", MARGIN + 34).raw(">").escaped(summary()).raw("</text>\n");
    draw(sheet, MARGIN, MARGIN + HEADLINE);
    legend.draw(svg, MARGIN, height - MARGIN - legend.height());
    return svg.raw("</svg>\n").toString();
  }

  private void open(double width, double height) {
    svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ff\" role=\"img\"");
    svg.attribute("width", width).attribute("height", height);
    svg.raw(" viewBox=\"0 0 ").number(width).raw(" ").number(height).raw("\">\n");
    svg.raw("<title>").escaped(picture.title()).raw("</title>\n");
    svg.raw("<desc>").escaped(summary()).raw("</desc>\n");
    svg.raw("<style>\n").raw(Theme.css()).raw("</style>\n<defs>\n");
    Strokes.heads(svg);
    svg.raw("</defs>\n<rect class=\"ff-paper\" rx=\"14\"");
    svg.attribute("width", width).attribute("height", height).raw("/>\n");
  }

  private String summary() {
    int nodes = picture.graph().nodes().size();
    StringBuilder text = new StringBuilder();
    picture.status().ifPresent(status -> text.append(Words.of(status)).append(" · "));
    picture.runtime().ifPresent(time -> text.append(time).append(" · "));
    return text.append(nodes).append(nodes == 1 ? " node" : " nodes").toString();
  }

  private void draw(Sheet level, double left, double top) {
    svg.raw("<g transform=\"translate(").number(left).raw(" ").number(top).raw(")\">\n");
    // Lines that matter more are drawn over the others.
    for (Strokes stroke : Strokes.values()) {
      lines(level, stroke);
    }
    level.wires().forEach(this::label);
    level.cards().forEach(this::card);
    svg.raw("</g>\n");
  }

  private void lines(Sheet level, Strokes stroke) {
    for (Wire wire : level.wires()) {
      if (Strokes.of(wire.edge()) == stroke && !wire.points().isEmpty()) {
        stroke.line(svg, wire.points());
      }
    }
  }

  private void label(Wire wire) {
    wire.label()
        .ifPresent(
            corner -> {
              svg.raw("<rect class=\"ff-label\" rx=\"5\"");
              svg.attribute("x", corner.x()).attribute("y", corner.y());
              svg.attribute("width", Wire.labelWidth(wire.edge()));
              svg.attribute("height", Wire.LABEL_HEIGHT).raw("/>");
              svg.raw("<text class=\"ff-small ff-muted\" text-anchor=\"middle\"");
              svg.attribute("x", corner.x() + Wire.labelWidth(wire.edge()) / 2);
              svg.attribute("y", corner.y() + 13).raw(">");
              tooltip(wire.edge().label());
              svg.escaped(Wire.text(wire.edge())).raw("</text>\n");
            });
  }

  private void card(Card card) {
    PictureNode node = card.node();
    svg.raw("<g transform=\"translate(").number(card.x()).raw(" ").number(card.y()).raw(")\">");
    tooltip(node.path() + ": " + node.label());
    svg.raw("<rect class=\"ff-card");
    node.run()
        .ifPresent(
            run -> {
              svg.raw(" ").raw(Theme.name(run.status())).raw(run.critical() ? " ff-critical" : "");
            });
    svg.raw("\"").attribute("rx", ROUND).attribute("width", card.width());
    svg.attribute("height", card.height()).raw("/>\n");
    line("ff-title ff-ink", Card.PADDING + 10, Card.title(node));
    line("ff-small ff-muted", Card.PADDING + 10 + Card.LINE, Card.kind(node));
    node.run()
        .ifPresent(
            run -> {
              line("ff-small ff-ink", Card.PADDING + 11 + 2 * Card.LINE, Card.status(node));
              double left = card.width() - Card.PADDING - Badge.SIZE;
              new Badge(run.status()).draw(svg, left, Card.PADDING + Badge.SIZE / 2 - 2);
            });
    card.body().ifPresent(body -> body(card, body));
    svg.raw("</g>\n");
  }

  private void body(Card card, Sheet body) {
    double top = Card.header(card.node());
    svg.raw("<rect class=\"ff-body\"").attribute("x", Card.PADDING).attribute("y", top);
    svg.attribute("rx", ROUND).attribute("width", card.width() - 2 * Card.PADDING);
    svg.attribute("height", body.height()).raw("/>\n");
    draw(body, (card.width() - body.width()) / 2, top);
  }

  private void line(String look, double baseline, String words) {
    svg.raw("<text class=\"").raw(look).raw("\"").attribute("x", Card.PADDING + 1);
    svg.attribute("y", baseline).raw(">").escaped(words).raw("</text>\n");
  }

  private void tooltip(String words) {
    svg.raw("<title>").escaped(words).raw("</title>");
  }
}
