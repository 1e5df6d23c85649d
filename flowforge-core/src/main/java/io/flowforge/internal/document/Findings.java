package io.flowforge.internal.document;

import io.flowforge.flow.Problem;
import io.flowforge.internal.text.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems up to a bound; what comes after it is left out. */
final class Findings {
  private static final int MOST = 100;

  private final List<Problem> problems = new ArrayList<>();

  void add(String code, Pointer at, @Nullable String node, String message) {
    if (problems.size() < MOST) {
      problems.add(new Problem(code, at.toString(), node, message));
    }
  }

  void add(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    }
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  int size() {
    return problems.size();
  }

  List<Problem> sorted() {
    return problems.stream().sorted().distinct().toList();
  }
}
