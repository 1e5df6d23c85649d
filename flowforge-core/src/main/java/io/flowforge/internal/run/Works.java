package io.flowforge.internal.run;

import io.flowforge.internal.plan.PlanNode;

/** Begins the work of nodes that are more than one call. */
final class Works {
  private Works() {}

  static Work begin(Scope scope, int n, PlanNode node, NodeState state) {
    return switch (node.kind) {
      case LOOP -> LoopWork.begin(scope, n, state);
      case WHILE -> WhileWork.begin(scope, n, state);
      case SUBFLOW -> SubflowWork.begin(scope, n, state);
      case WAIT -> WaitWork.begin(scope, n, state);
      case EVENT -> EventWork.begin(scope, n, state);
      case USER_INPUT -> AnswerWork.begin(scope, n, state);
      default -> throw new IllegalArgumentException(node.kind.name());
    };
  }
}
