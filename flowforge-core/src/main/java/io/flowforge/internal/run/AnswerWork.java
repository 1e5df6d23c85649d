package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.execution.EventType;
import io.flowforge.flow.Problem;
import io.flowforge.internal.control.AnswerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waits for a person's answer. */
final class AnswerWork extends TimedWait {
  private final AnswerConfig config;

  private AnswerWork(Scope scope, int node, NodeCall call, AnswerConfig config) {
    super(scope, node, call, config.timeout());
    this.config = config;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    NodeCall call = state.call;
    if (call == null || !(state.config instanceof AnswerConfig config)) {
      throw new IllegalStateException("user-input without config: " + scope.path(n));
    }
    AnswerWork work = new AnswerWork(scope, n, call, config);
    state.work = work;
    work.await(state, "waits for an answer");
    scope.run.emitter.emit(EventType.USER_INPUT_REQUIRED, scope.path(n), work.question());
    return work;
  }

  /** The node at an address that waits for an answer. */
  static AnswerWork find(Scope root, String path) {
    Place place = Place.find(root, path);
    NodeState state = place == null ? null : place.scope().stateOrNull(place.node());
    if (state != null && state.work instanceof AnswerWork work) {
      return work;
    }
    throw unexpected(root.run, path);
  }

  /** That no answer is expected there. */
  static FlowForgeException unexpected(Run run, String path) {
    return new FlowForgeException(
        "FF-ANSWER-UNEXPECTED",
        "node run \"" + path + "\" of execution " + run.id() + " does not wait for an answer");
  }

  private Map<String, Object> question() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("prompt", config.prompt());
    data.put("fields", config.fields());
    data.put("assignee", config.assignee());
    return data;
  }

  /** Takes the answer when it fits. */
  boolean answer(@Nullable Object answer) {
    check(answer);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("answer", answer);
    scope.run.emitter.emit(EventType.USER_INPUT_RESPONSE, scope.path(node), data);
    scope.run.attempts.outcome(call, config.complete(answer), null);
    return true;
  }

  /** Refuses an answer that does not fit. */
  void check(@Nullable Object answer) {
    List<Problem> problems = config.check(answer);
    if (!problems.isEmpty()) {
      throw new InvalidFlowException(problems);
    }
  }

  @Override
  void late() {
    if (config.hasDefault()) {
      scope.run.attempts.outcome(call, config.defaultAnswer(), null);
    } else {
      leaveLate("no answer came");
    }
  }
}
