package io.flowforge.internal.document;

import io.flowforge.flow.Problem;
import io.flowforge.internal.text.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems up to a bound; what comes after it is left out. */
final class Findings {
  private static final int MOST = 100;
  private static final int LONGEST = 512;

  private final List<Problem> problems = new ArrayList<>();

  void add(String code, Pointer at, @Nullable String node, String message) {
    if (!isFull()) {
      add(new Problem(code, at.toString(), node, cut(message)));
    }
  }

  void add(Problem problem) {
    if (!isFull()) {
      problems.add(problem);
    }
  }

  /** Whether more problems would be left out. */
  boolean isFull() {
    return problems.size() >= MOST;
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + '…';
  }

  List<Problem> sorted() {
    return problems.stream().sorted().distinct().toList();
  }
}
