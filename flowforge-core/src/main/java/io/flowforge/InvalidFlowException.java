package io.flowforge;

import io.flowforge.flow.Problem;
import java.util.List;
import java.util.Map;

/** The flow or its inputs must be mended; carries every problem found, not only the first. */
public final class InvalidFlowException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  /** The problems. */
  private final transient List<Problem> problems;

  /**
   * A refusal.
   *
   * @param problems at least one
   */
  public InvalidFlowException(List<Problem> problems) {
    super(problems.get(0).code(), text(problems), Map.of(), false, null);
    this.problems = List.copyOf(problems);
  }

  /**
   * All problems, sorted by place.
   *
   * @return at least one; empty after Java serialization
   */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  private static String text(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    text.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
    for (Problem problem : problems.subList(0, Math.min(problems.size(), 20))) {
      text.append("\n  ").append(problem);
    }
    if (problems.size() > 20) {
      text.append("\n  … and ").append(problems.size() - 20).append(" more");
    }
    return text.toString();
  }
}
