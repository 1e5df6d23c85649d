package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one config value. */
final class Problems {

  /** More are not told; whoever has so many will compile again. */
  private static final int MOST = 100;

  private final List<ExpressionProblem> found = new ArrayList<>();
  private String pointer = "";

  /** Says in which string of the config value the next problems lie. */
  void enter(String place) {
    pointer = place;
  }

  void add(Place place, ExpressionCode code, String message) {
    add(place.problem(code, message));
  }

  void add(Place place, ExpressionCode code, String message, String hint) {
    add(place.problem(code, message, hint));
  }

  void add(ExpressionException failure) {
    failure.problems().forEach(this::add);
  }

  private void add(ExpressionProblem problem) {
    if (found.size() < MOST) {
      found.add(problem.at(pointer));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws what was found, if anything was. */
  void raise() {
    if (!found.isEmpty()) {
      throw new ExpressionException(found);
    }
  }
}
