package io.flowforge.testkit;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An execution that a store has kept, to be run once more with what its nodes gave: a flow that was
 * changed since must take the same path with the same results.
 *
 * <p>Made of the document that {@code forge.operations().export(id)} gives. Actions are not called;
 * each gives what it gave, attempt by attempt, or fails as it failed, and one that did not run
 * fails as {@code NOT-RECORDED}. Control nodes work for real, answers and events come as they came,
 * and time jumps over waits; when those began and ended is not compared.
 *
 * <p>What a sub-flow node started is an execution with a document of its own. When that is given by
 * {@link #withSubflows}, the sub-flow runs as well, from its own recording, and is compared: its
 * inputs, its path and its results, so that a change of it is seen, or a change of what is passed
 * to it. When it is not, the node gives what it gave. Documents of sub-flows within sub-flows may
 * be given or not in the same way. Of all that a node has started, in iterations and in attempts,
 * all that completed must be given or none.
 *
 * <pre>{@code
 * RecordedRun.of(Files.readString(Path.of("src/test/golden/order-4711.json"))).verify(flow);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class RecordedRun {
  /** What the output of a wait tells of the clock. */
  private static final Set<String> CLOCK = Set.of("waitedFrom", "until");

  private final List<String> documents;
  private final UnaryOperator<FlowForgeBuilder> options;

  private RecordedRun(List<String> documents, UnaryOperator<FlowForgeBuilder> options) {
    this.documents = List.copyOf(documents);
    this.options = options;
  }

  /**
   * A recorded run.
   *
   * @param document an exported execution that has ended
   * @return the run
   */
  public static RecordedRun of(String document) {
    Objects.requireNonNull(document, "document");
    return new RecordedRun(List.of(document), builder -> builder);
  }

  /**
   * A copy that also runs what sub-flow nodes have started.
   *
   * @param further exported executions that have ended, in any order; their ids begin with that of
   *     the execution that started them, a dot and the address of the node, such as {@code
   *     x.each[3]/charge}
   * @return the copy
   */
  public RecordedRun withSubflows(String... further) {
    List<String> all = new ArrayList<>(documents);
    all.addAll(List.of(further));
    return new RecordedRun(all, options);
  }

  /**
   * A copy whose engine has further options, such as actions that are not found as plugins.
   *
   * @param further sets options
   * @return the copy
   */
  public RecordedRun with(UnaryOperator<FlowForgeBuilder> further) {
    return new RecordedRun(documents, builder -> further.apply(options.apply(builder)));
  }

  /**
   * Runs the recorded flow itself once more, as after a change of the engine or of a plugin.
   *
   * @throws AssertionError with every difference and its place
   */
  public void verify() {
    Recordings recordings = recordings();
    verify(recordings, recordings.root().flow(), List.of());
  }

  /**
   * Runs a flow, usually a new version of the recorded one, with the inputs of the recording.
   *
   * @param flow the flow
   * @param subflows new versions of flows that sub-flow nodes name by their ids; of others those
   *     that were recorded are run
   * @throws AssertionError with every difference and its place
   * @throws IllegalArgumentException when a document is no execution that has ended, or belongs to
   *     no sub-flow node of the others, or one is missing
   */
  public void verify(Flow flow, Flow... subflows) {
    verify(recordings(), flow, List.of(subflows));
  }

  private void verify(Recordings recordings, Flow flow, List<Flow> subflows) {
    Map<String, Flow> named = named(recordings, flow, subflows);
    List<Flow> replayed = new ArrayList<>();
    named.forEach(
        (id, one) -> replayed.add(ReplayedFlow.of(one, Recordings.NAMED + id, recordings)));
    Map<String, ExecutionSnapshot> runs =
        new RecordedReplay(recordings)
            .run(ReplayedFlow.of(flow, "", recordings), replayed, options);
    StringBuilder told = new StringBuilder();
    for (ExecutionSnapshot expected : recordings.all()) {
      boolean started = !expected.id().equals(recordings.root().id());
      List<String> differences = differences(expected, runs.get(expected.id()), started);
      if (!differences.isEmpty()) {
        told.append(told.isEmpty() ? "the run differs from" : "\nand from")
            .append(" recorded execution ")
            .append(Runs.name(expected))
            .append(":\n  ")
            .append(String.join("\n  ", differences));
      }
    }
    if (!told.isEmpty()) {
      throw new AssertionError(told.toString());
    }
  }

  /** The flows that sub-flow nodes may name: those that are given, else as they were recorded. */
  private static Map<String, Flow> named(Recordings recordings, Flow flow, List<Flow> subflows) {
    Map<String, Flow> given = new LinkedHashMap<>();
    given.put(flow.id(), flow);
    subflows.forEach(one -> given.put(one.id(), one));
    Map<String, Flow> named = new LinkedHashMap<>(given);
    for (ExecutionSnapshot execution : recordings.all()) {
      String id = execution.flow().id();
      if (recordings.group(execution).startsWith(Recordings.NAMED) && !given.containsKey(id)) {
        Flow other = named.putIfAbsent(id, execution.flow());
        if (other != null && !other.equals(execution.flow())) {
          throw new IllegalArgumentException(
              "two versions of sub-flow "
                  + id
                  + " were recorded; name the one that all of them are to run: verify(flow, "
                  + id
                  + ")");
        }
      }
    }
    return named;
  }

  private static List<String> differences(
      ExecutionSnapshot expected, @Nullable ExecutionSnapshot actual, boolean withInputs) {
    return actual == null
        ? List.of("it was not started")
        : Differences.all(plain(expected, withInputs), plain(actual, withInputs));
  }

  /** What a run is compared by; what a sub-flow was given belongs to what its parent did. */
  private static @Nullable Object plain(ExecutionSnapshot execution, boolean withInputs) {
    Map<String, Object> normal = new LinkedHashMap<>();
    if (withInputs) {
      normal.put("inputs", execution.inputs());
    }
    normal.putAll(GoldenRun.normal(execution));
    Map<String, Object> nodes = new LinkedHashMap<>();
    execution.nodes().forEach(node -> nodes.put(node.path(), timeless(node)));
    normal.put("nodes", nodes);
    return Json.parse(Json.write(normal));
  }

  /** A node without the times of the clock; no two runs share them. */
  private static Map<String, Object> timeless(NodeSnapshot node) {
    Map<String, Object> normal = new LinkedHashMap<>(GoldenRun.normal(node));
    if (node.type().equals("wait") && node.output() instanceof Map<?, ?> output) {
      Map<Object, Object> rest = new LinkedHashMap<>(output);
      rest.keySet().removeAll(CLOCK);
      normal.put("output", rest);
    }
    return normal;
  }

  private Recordings recordings() {
    ManualTime time = ManualTime.create();
    MemoryStore store = new MemoryStore(time::epochMicros);
    FlowForgeBuilder builder =
        RecordedReplay.engine(time)
            .store(store.handle())
            .requireDurability(Durability.NONE)
            .blobs(new KnownBlobs());
    FlowForge forge = options.apply(builder).build();
    try {
      return Recordings.of(documents.stream().map(document -> taken(forge, document)).toList());
    } finally {
      forge.close(Duration.ZERO);
    }
  }

  private static ExecutionSnapshot taken(FlowForge forge, String document) {
    ExecutionSnapshot snapshot = forge.operations().importExecution(document).snapshot();
    if (!snapshot.status().isFinal()) {
      throw new IllegalArgumentException(
          "execution " + snapshot.id() + " has not ended; export it when it has");
    }
    return snapshot;
  }
}
