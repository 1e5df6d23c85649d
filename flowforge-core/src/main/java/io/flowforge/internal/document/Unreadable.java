package io.flowforge.internal.document;

import io.flowforge.flow.Problem;

/** Ends the reading of a text at the first problem behind which nothing can be made out. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Unreadable(String code, String message) {
    this(new Problem(code, "", null, message));
  }

  Unreadable(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
