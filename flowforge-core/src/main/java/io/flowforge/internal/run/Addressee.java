package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;

/** Finds the node that waits for an answer. */
final class Addressee {
  private Addressee() {}

  static AnswerWork find(Scope root, String path) {
    Place place = Place.find(root, path);
    if (place != null) {
      NodeState state = place.scope().stateOrNull(place.node());
      if (state != null && state.work instanceof AnswerWork work) {
        return work;
      }
    }
    throw unexpected(root.run, path);
  }

  static FlowForgeException unexpected(Run run, String path) {
    return new FlowForgeException(
        "FF-ANSWER-UNEXPECTED",
        "node run \"" + path + "\" of execution " + run.id() + " does not wait for an answer");
  }
}
