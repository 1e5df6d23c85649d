package io.flowforge.testkit;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.store.Durability;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An execution that a store has kept, to be run once more with what its nodes gave: a flow that was
 * changed since must take the same path with the same results.
 *
 * <p>Made of the document that {@code forge.operations().export(id)} gives. Actions are not called;
 * each gives what it gave, attempt by attempt, or fails as it failed. Control nodes work for real,
 * answers and events come as they came, and time jumps over waits. Flows with sub-flows are
 * refused, because what ran there is not in the document.
 *
 * <pre>{@code
 * RecordedRun.of(Files.readString(Path.of("src/test/golden/order-4711.json"))).verify(flow);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class RecordedRun {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_STEPS = 100_000;

  private final String document;
  private final UnaryOperator<FlowForgeBuilder> options;

  private RecordedRun(String document, UnaryOperator<FlowForgeBuilder> options) {
    this.document = document;
    this.options = options;
  }

  /**
   * A recorded run.
   *
   * @param document an exported execution that has ended
   * @return the run
   */
  public static RecordedRun of(String document) {
    return new RecordedRun(Objects.requireNonNull(document, "document"), builder -> builder);
  }

  /**
   * A copy whose engine has further options, such as actions that are not found as plugins.
   *
   * @param further sets options
   * @return the copy
   */
  public RecordedRun with(UnaryOperator<FlowForgeBuilder> further) {
    return new RecordedRun(document, builder -> further.apply(options.apply(builder)));
  }

  /**
   * Runs the recorded flow itself once more, as after a change of the engine or of a plugin.
   *
   * @throws AssertionError with every difference and its place
   */
  public void verify() {
    verify(recorded().flow());
  }

  /**
   * Runs a flow, usually a new version of the recorded one, with the inputs of the recording.
   *
   * @param flow the flow
   * @throws AssertionError with every difference and its place
   */
  public void verify(Flow flow) {
    ExecutionSnapshot expected = recorded();
    ExecutionSnapshot actual = replay(flow, expected);
    List<String> differences =
        Differences.all(plain(GoldenRun.normal(expected)), plain(GoldenRun.normal(actual)));
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "the run differs from recorded execution "
              + Runs.name(expected)
              + ":\n  "
              + String.join("\n  ", differences));
    }
  }

  private static @Nullable Object plain(Object value) {
    return Json.parse(Json.write(value));
  }

  private ExecutionSnapshot recorded() {
    ManualTime time = ManualTime.create();
    MemoryStore store = new MemoryStore(time::epochMicros);
    FlowForgeBuilder builder =
        engine(time)
            .store(store.handle())
            .requireDurability(Durability.NONE)
            .blobs(new KnownBlobs());
    FlowForge forge = options.apply(builder).build();
    try {
      ExecutionSnapshot snapshot = forge.operations().importExecution(document).snapshot();
      if (!snapshot.status().isFinal()) {
        throw new IllegalArgumentException(
            "execution " + snapshot.id() + " has not ended; export it when it has");
      }
      if (snapshot.nodes().stream().anyMatch(RecordedRun::isSubflow)) {
        throw new IllegalArgumentException(
            "execution " + snapshot.id() + " has run sub-flows, which are not in its document");
      }
      return snapshot;
    } finally {
      forge.close(Duration.ZERO);
    }
  }

  private static boolean isSubflow(NodeSnapshot node) {
    return node.type().equals("subflow") && node.status() != NodeStatus.SKIPPED;
  }

  private static FlowForgeBuilder engine(ManualTime time) {
    return FlowForge.builder().time(time).executor(time.executor()).seed(1);
  }

  // ---- running it again

  private ExecutionSnapshot replay(Flow flow, ExecutionSnapshot recorded) {
    ManualTime time = ManualTime.create();
    MockNodes mocks = MockNodes.create();
    FlowForge forge = options.apply(engine(time).interceptor(mocks)).build();
    try {
      pin(mocks, forge, recorded);
      StartOptions start = StartOptions.DEFAULT.withExecutionId(recorded.id());
      Execution execution = forge.start(flow, recorded.inputs(), start);
      for (int step = 0; step < MOST_STEPS && !execution.status().isFinal(); step++) {
        if (!answer(execution, recorded) && !time.advanceToNextTimer()) {
          break;
        }
        time.settle();
      }
      if (!execution.status().isFinal()) {
        throw new AssertionError(
            "the run of recorded execution "
                + Runs.name(recorded)
                + " waits for something that the recording does not have");
      }
      return execution.snapshot();
    } finally {
      forge.close(PATIENCE);
    }
  }

  private static void pin(MockNodes mocks, FlowForge forge, ExecutionSnapshot recorded) {
    Map<String, NodeType.Kind> kinds = new HashMap<>();
    forge.catalog().forEach(type -> kinds.put(type.type(), type.kind()));
    for (NodeSnapshot node : recorded.nodes()) {
      boolean called = kinds.get(node.type()) == NodeType.Kind.ACTION && node.attempts() > 0;
      if (called) {
        pin(mocks.node(node.path()), node, fellBack(recorded.flow(), node));
      }
    }
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

  private static void pin(MockNode mock, NodeSnapshot node, boolean fellBack) {
    boolean completed =
        (node.status() == NodeStatus.COMPLETED || node.status() == NodeStatus.COMPENSATED)
            && !fellBack;
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

  private static String code(NodeSnapshot node) {
    return node.error() == null ? "RECORDED" : node.error().code();
  }

  private static String message(NodeSnapshot node) {
    return node.error() == null ? "as recorded" : node.error().message();
  }

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
