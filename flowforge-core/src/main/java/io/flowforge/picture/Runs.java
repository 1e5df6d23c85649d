package io.flowforge.picture;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The node runs of an execution by address, those of all iterations together. */
final class Runs {
  /** There is no execution. */
  static final Runs NONE = new Runs(false);

  /** What people should see first when the iterations of a body ended differently. */
  private static final List<NodeStatus> GRAVEST_FIRST =
      List.of(
          NodeStatus.COMPENSATION_FAILED,
          NodeStatus.FAILED,
          NodeStatus.RUNNING,
          NodeStatus.WAITING,
          NodeStatus.CANCELLED,
          NodeStatus.COMPENSATED,
          NodeStatus.COMPLETED,
          NodeStatus.SKIPPED,
          NodeStatus.PENDING);

  private static final Pattern ITERATION = Pattern.compile("\\[\\d+]/");

  private final boolean present;
  private final Map<String, Tally> tallies = new HashMap<>();

  private Runs(boolean present) {
    this.present = present;
  }

  static Runs of(List<NodeSnapshot> nodes) {
    Runs runs = new Runs(true);
    for (NodeSnapshot node : nodes) {
      String path = ITERATION.matcher(node.path()).replaceAll("/");
      runs.tallies.computeIfAbsent(path, key -> new Tally(node)).add(node);
    }
    return runs;
  }

  /** Whether there is an execution at all. */
  boolean isPresent() {
    return present;
  }

  Optional<PictureRun> run(String path) {
    if (!present) {
      return Optional.empty();
    }
    Tally tally = tallies.get(path);
    return Optional.of(
        tally == null
            ? new PictureRun(NodeStatus.PENDING, 0, 0, null, false, null)
            : tally.summary());
  }

  /** The first run; within a body that of the first iteration. */
  Optional<NodeSnapshot> first(String path) {
    return Optional.ofNullable(tallies.get(path)).map(tally -> tally.first);
  }

  boolean hasRun(String path) {
    Tally tally = tallies.get(path);
    return tally != null && tally.started;
  }

  boolean hasLeft(String path, String port) {
    Tally tally = tallies.get(path);
    return tally != null && tally.ports.contains(port);
  }

  boolean isOver(String path) {
    Tally tally = tallies.get(path);
    return tally != null && tally.over;
  }

  private static final class Tally {
    private final NodeSnapshot first;
    private final Set<String> ports = new LinkedHashSet<>();
    private NodeStatus status = NodeStatus.PENDING;
    private @Nullable String note;
    private Duration duration = Duration.ZERO;
    private int count;
    private int attempts;
    private boolean started;
    private boolean over = true;

    private Tally(NodeSnapshot first) {
      this.first = first;
    }

    private void add(NodeSnapshot node) {
      count++;
      attempts += node.attempts();
      started |= node.startedAt() != null;
      over &= node.status().isFinal();
      if (node.startedAt() != null && node.finishedAt() != null) {
        duration = duration.plus(Duration.between(node.startedAt(), node.finishedAt()));
      }
      if (count == 1 || isGraver(node.status(), status)) {
        status = node.status();
        note = note(node);
      }
      String port = port(node);
      if (port != null) {
        ports.add(port);
      }
    }

    private static boolean isGraver(NodeStatus one, NodeStatus other) {
      return GRAVEST_FIRST.indexOf(one) < GRAVEST_FIRST.indexOf(other);
    }

    private static @Nullable String note(NodeSnapshot node) {
      ExecutionError error = node.error();
      return error != null ? error.code() : node.reason();
    }

    /** The port it left through; a disabled node passes its input on through {@code main}. */
    private static @Nullable String port(NodeSnapshot node) {
      if (node.port() != null) {
        return node.port();
      }
      boolean passed =
          node.status() == NodeStatus.COMPLETED || Objects.equals(node.reason(), "disabled");
      return passed ? "main" : null;
    }

    private PictureRun summary() {
      return new PictureRun(
          status, count, attempts, started && over ? duration : null, false, note);
    }
  }
}
