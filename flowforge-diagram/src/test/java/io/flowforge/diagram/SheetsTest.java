package io.flowforge.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.picture.Picture;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "12, 20", "60, 90", "400, 500", "3000, 6000"})
  void cards_lie_apart_and_wires_run_between_them(int nodes, int edges) {
    Sheet sheet = sheet(nodes, edges);
    assertThat(sheet.cards()).hasSize(nodes);
    for (Card card : sheet.cards()) {
      assertThat(card.x()).isBetween(0.0, sheet.width() - card.width());
      assertThat(card.y()).isBetween(0.0, sheet.height() - card.height());
    }
    for (int i = 0; i < Math.min(nodes, 400); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(overlap(sheet.cards().get(i), sheet.cards().get(j))).isFalse();
      }
    }
    for (Wire wire : sheet.wires()) {
      Card source = sheet.cards().get(wire.edge().source());
      Card target = sheet.cards().get(wire.edge().target());
      List<Point> points = wire.points();
      assertThat(touches(source, points.get(0))).isTrue();
      assertThat(touches(target, points.get(points.size() - 1))).isTrue();
    }
  }

  @Test
  void bodies_lie_inside_of_their_loop() {
    Sheet sheet = Sheets.of(Picture.of(Samples.flow()).graph());
    Card loop = sheet.cards().get(sheet.cards().size() - 1);
    Sheet body = loop.body().orElseThrow();
    assertThat(body.width()).isLessThan(loop.width());
    assertThat(body.height() + Card.header(loop.node())).isLessThan(loop.height());
  }

  private static Sheet sheet(int nodes, int edges) {
    Random random = new Random(nodes);
    Flow.Builder flow = Flow.builder("random");
    for (int i = 0; i < nodes; i++) {
      flow.node("n" + i, "echo", node -> node.name("x".repeat(random.nextInt(60))));
    }
    for (int i = 0; i < edges; i++) {
      int to = random.nextInt(nodes);
      flow.edge("n" + Math.max(0, to - 1 - random.nextInt(12)), "n" + to);
    }
    return Sheets.of(Picture.of(flow.build()).graph());
  }

  private static boolean overlap(Card one, Card other) {
    return one.x() < other.x() + other.width()
        && other.x() < one.x() + one.width()
        && one.y() < other.y() + other.height()
        && other.y() < one.y() + one.height();
  }

  private static boolean touches(Card card, Point point) {
    return point.x() >= card.x() - 1
        && point.x() <= card.x() + card.width() + 1
        && point.y() >= card.y() - 1
        && point.y() <= card.y() + card.height() + 1;
  }
}
