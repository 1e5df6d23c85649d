package io.flowforge.internal.document;

import io.flowforge.flow.Problem;
import io.flowforge.internal.text.Pointer;

/** What all readers of one document share: its problems, and how much of its bounds is used up. */
final class Reading {
  /** Bodies within bodies; parents and children could else be chained without end. */
  static final int DEEPEST_BODY = 16;

  private final Findings findings;
  private final ReadRules rules;
  private int nodes;
  private int edges;

  Reading(Findings findings, ReadRules rules) {
    this.findings = findings;
    this.rules = rules;
  }

  Findings findings() {
    return findings;
  }

  void countNodes(int more, Pointer at) {
    nodes += more;
    require(nodes <= rules.nodes(), "nodes", rules.nodes(), at);
  }

  void countEdges(int more, Pointer at) {
    edges += more;
    require(edges <= rules.edges(), "edges", rules.edges(), at);
  }

  private static void require(boolean held, String what, int most, Pointer at) {
    if (!held) {
      String message = "the document has more than the allowed " + most + " " + what + ".";
      throw new Unreadable(new Problem(Codes.SIZE, at.toString(), null, message));
    }
  }
}
