package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that an expression could not be compiled, with all its problems, or that an evaluation
 * failed, with one.
 *
 * <p>It carries no stack trace: it tells about the expression, not about this code.
 */
public final class ExpressionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ExpressionProblem> problems;

  ExpressionException(List<ExpressionProblem> problems) {
    super(problems.get(0).message(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All problems in the order of the text, at least one. */
  public List<ExpressionProblem> problems() {
    return problems;
  }

  /** Code of the first problem. */
  public ExpressionCode code() {
    return problems.get(0).code();
  }

  /** Pointer of the first problem inside the config value. */
  public String pointer() {
    return problems.get(0).pointer();
  }

  /** A failure whose place is not known yet; {@link #placed} adds it. */
  static ExpressionException of(ExpressionCode code, String message) {
    return new ExpressionException(List.of(new ExpressionProblem(code, message, "", 0, 0)));
  }

  /** This failure with its place, unless it has one already. */
  ExpressionException placed(@Nullable Place place) {
    ExpressionProblem problem = problems.get(0);
    if (place == null || problem.line() > 0) {
      return this;
    }
    return new ExpressionException(List.of(place.problem(problem.code(), problem.message())));
  }

  ExpressionException at(String pointer) {
    return new ExpressionException(problems.stream().map(problem -> problem.at(pointer)).toList());
  }
}
