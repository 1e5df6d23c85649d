package io.flowforge.testkit;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.NodeType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs flows with what the nodes of recorded executions gave. */
final class RecordedReplay implements Interceptor {
  static final String UNKNOWN = "NOT-RECORDED";

  /** Also what was undone later has completed. */
  private static final Set<NodeStatus> COMPLETED =
      Set.of(NodeStatus.COMPLETED, NodeStatus.COMPENSATED, NodeStatus.COMPENSATION_FAILED);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern UNDOING_FAILED =
      Pattern.compile("compensation failed: ([^ :]+): (.*)", Pattern.DOTALL);
  private static final int MOST_STEPS = 100_000;

  private final Recordings recordings;
  private final Map<String, Known> known = new HashMap<>();
  private final Set<String> actions = new HashSet<>();

  RecordedReplay(Recordings recordings) {
    this.recordings = recordings;
  }

  /** What one execution did: its nodes by address, and those that give what they gave. */
  private record Known(Map<String, NodeSnapshot> nodes, MockNodes mocks, Set<String> pinned) {}

  /** What an action does is known, or not done; control nodes work for real. */
  @Override
  public @Nullable Object around(ActionContext context, Call call) throws Exception {
    Known past = known.get(context.executionId());
    if (!actions.contains(context.nodeType())) {
      return call.proceed();
    }
    if (past == null) {
      throw ActionException.permanent(
          UNKNOWN,
          "execution " + context.executionId() + " is not in the recording; nothing is called");
    }
    boolean standsIn = context.nodeType().equals(RecordedSubflow.TYPE);
    return standsIn || past.pinned.contains(context.path())
        ? past.mocks.around(context, call)
        : undo(past, context.path());
  }

  /** What undoes a node has no snapshot; how it went stands with the node. */
  private static @Nullable Object undo(Known past, String path) {
    NodeSnapshot undone = past.nodes.get(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    if (undone != null && undone.status() == NodeStatus.COMPENSATED) {
      return null;
    }
    if (undone != null && undone.status() == NodeStatus.COMPENSATION_FAILED) {
      Matcher reason = UNDOING_FAILED.matcher(Objects.requireNonNullElse(undone.reason(), ""));
      if (reason.matches()) {
        throw ActionException.permanent(reason.group(1), reason.group(2));
      }
    }
    throw ActionException.permanent(
        UNKNOWN, "node " + path + " did not run in the recording; it is not called");
  }

  static FlowForgeBuilder engine(ManualTime time) {
    return FlowForge.builder().time(time).executor(time.executor()).seed(1);
  }

  /**
   * What became of the recorded executions, by id; without those that were not started.
   *
   * @param flow the flow of the first
   * @param named the flows that sub-flow nodes name, as they are replayed
   */
  Map<String, ExecutionSnapshot> run(
      Flow flow, List<Flow> named, UnaryOperator<FlowForgeBuilder> options) {
    ExecutionSnapshot root = recordings.root();
    ManualTime time = ManualTime.create();
    FlowForgeBuilder builder =
        engine(time).interceptor(this).action(new RecordedSubflow(recordings));
    FlowForge forge = options.apply(builder).build();
    try {
      forge.catalog().stream()
          .filter(type -> type.kind() == NodeType.Kind.ACTION)
          .forEach(type -> actions.add(type.type()));
      recordings.all().forEach(execution -> known.put(execution.id(), pinned(execution)));
      named.forEach(forge::register);
      StartOptions start = StartOptions.DEFAULT.withExecutionId(root.id());
      forge.start(flow, root.inputs(), start);
      for (int step = 0; step < MOST_STEPS && isOpen(forge); step++) {
        if (!answer(forge) && !time.advanceToNextTimer()) {
          break;
        }
        time.settle();
      }
      return ended(forge);
    } finally {
      forge.close(PATIENCE);
    }
  }

  private boolean isOpen(FlowForge forge) {
    return recordings.all().stream()
        .flatMap(past -> forge.execution(past.id()).stream())
        .anyMatch(execution -> !execution.status().isFinal());
  }

  private boolean answer(FlowForge forge) {
    for (ExecutionSnapshot past : recordings.all()) {
      Execution execution = forge.execution(past.id()).orElse(null);
      if (execution != null && !execution.status().isFinal() && answer(execution, past)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, ExecutionSnapshot> ended(FlowForge forge) {
    Map<String, ExecutionSnapshot> ended = new LinkedHashMap<>();
    for (ExecutionSnapshot past : recordings.all()) {
      ExecutionSnapshot now = forge.execution(past.id()).map(Execution::snapshot).orElse(null);
      if (now != null && !now.status().isFinal()) {
        throw new AssertionError(
            "the run of recorded execution "
                + Runs.name(past)
                + " waits for something that the recording does not have");
      }
      if (now != null) {
        ended.put(past.id(), now);
      }
    }
    return ended;
  }

  // ---- what nodes gave

  private Known pinned(ExecutionSnapshot recorded) {
    MockNodes mocks = MockNodes.create();
    Map<String, NodeSnapshot> nodes = new HashMap<>();
    Set<String> pinned = new HashSet<>();
    for (NodeSnapshot node : recorded.nodes()) {
      nodes.put(node.path(), node);
      if (actions.contains(node.type()) && node.attempts() > 0) {
        pinned.add(node.path());
        pin(mocks.node(node.path()), node, !failed(recorded, node));
      }
    }
    return new Known(nodes, mocks, pinned);
  }

  /** Whether the last attempt of a node failed, also when its fallback counts. */
  static boolean failed(ExecutionSnapshot recorded, NodeSnapshot node) {
    return !COMPLETED.contains(node.status()) || fellBack(recorded.flow(), node);
  }

  /**
   * Whether all attempts failed and the fallback counts. An error alone does not tell: it stays
   * also when a later attempt succeeds.
   */
  private static boolean fellBack(Flow flow, NodeSnapshot node) {
    if (node.error() == null || node.attempts() == 1) {
      return node.error() != null;
    }
    ArrayDeque<Flow> levels = new ArrayDeque<>(List.of(flow));
    while (!levels.isEmpty()) {
      for (Node one : levels.poll().nodes()) {
        one.body().ifPresent(levels::add);
        if (one.id().equals(node.nodeId()) && one.onError() == OnError.CONTINUE) {
          return Differences.all(one.fallback(), node.output()).isEmpty();
        }
      }
    }
    return false;
  }

  private static void pin(MockNode mock, NodeSnapshot node, boolean completed) {
    for (int attempt = 1; attempt < node.attempts(); attempt++) {
      mock.failsForNow(code(node), message(node));
    }
    if (completed && node.port() != null) {
      mock.leavesThrough(node.port(), node.output());
    } else if (completed) {
      mock.returns(node.output());
    } else if (node.attempts() > 1) {
      mock.failsForNow(code(node), message(node));
    } else {
      mock.fails(code(node), message(node));
    }
  }

  static String code(NodeSnapshot node) {
    return node.error() == null ? "RECORDED" : node.error().code();
  }

  static String message(NodeSnapshot node) {
    return node.error() == null ? "as recorded" : node.error().message();
  }

  // ---- what came from outside

  /** Brings what a waiting node got in the recording; false when none waits for such a thing. */
  private static boolean answer(Execution execution, ExecutionSnapshot recorded) {
    for (NodeSnapshot node : execution.snapshot().nodes()) {
      if (node.status() != NodeStatus.WAITING) {
        continue;
      }
      NodeSnapshot past = recorded.node(node.path()).orElse(null);
      boolean came = past != null && past.status() == NodeStatus.COMPLETED && isMain(past);
      if (past != null && came && node.type().equals("user-input")) {
        execution.answer(node.path(), past.output());
        return true;
      }
      if (past != null && came && node.type().equals("wait-for-event")) {
        execution.signal(event(execution, node), past.output());
        return true;
      }
    }
    return false;
  }

  private static boolean isMain(NodeSnapshot node) {
    return !"timeout".equals(node.port());
  }

  /** What it waits for stands in its reason. */
  private static String event(Execution execution, NodeSnapshot node) {
    String reason = Objects.requireNonNullElse(node.reason(), "");
    String mark = "waits for event ";
    if (!reason.startsWith(mark)) {
      throw new IllegalStateException(
          "node run " + node.path() + " of " + execution.id() + " does not say what it waits for");
    }
    return reason.substring(mark.length());
  }
}
