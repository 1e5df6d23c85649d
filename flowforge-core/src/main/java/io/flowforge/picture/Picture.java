package io.flowforge.picture;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Optional;

/**
 * A flow, or one run of it, as something to look at.
 *
 * <p>Written as text with {@link #mermaid()} and {@link #dot()}; {@code flowforge-diagram} makes
 * SVG of it. Of a run the states, durations and attempts are shown, which edges were taken, and the
 * critical path: the chain of nodes that decided how long the run took. Immutable.
 */
public final class Picture {
  private final Flow flow;
  private final Optional<ExecutionSnapshot> snapshot;
  private final PictureGraph graph;

  private Picture(Flow flow, Optional<ExecutionSnapshot> snapshot) {
    this.flow = flow;
    this.snapshot = snapshot;
    this.graph = Drawing.of(flow, snapshot.map(run -> Runs.of(run.nodes())).orElse(Runs.NONE));
  }

  /**
   * A picture of a flow.
   *
   * @param flow any flow, also one with problems; edges whose ends do not exist are left out
   * @return the picture
   */
  public static Picture of(Flow flow) {
    return new Picture(flow, Optional.empty());
  }

  /**
   * A picture of a run.
   *
   * <p>A loop's body is drawn once: its nodes sum up their iterations. Whether an edge with a
   * condition was taken is told by whether its target ran.
   *
   * @param snapshot the run at one moment
   * @return the picture
   */
  public static Picture of(ExecutionSnapshot snapshot) {
    return new Picture(snapshot.flow(), Optional.of(snapshot));
  }

  /**
   * What the picture shows, in a few words.
   *
   * @return the flow's name or id
   */
  public String title() {
    return flow.name().orElse(flow.id());
  }

  /**
   * Where the run stands.
   *
   * @return the status; empty for a picture of a flow
   */
  public Optional<ExecutionStatus> status() {
    return snapshot.map(ExecutionSnapshot::status);
  }

  /**
   * How long the run took.
   *
   * @return the duration; empty before the end and for a picture of a flow
   */
  public Optional<Duration> duration() {
    return snapshot.flatMap(ExecutionSnapshot::duration);
  }

  /**
   * How long the run took, for people.
   *
   * @return such as {@code 1.2 s}; empty before the end and for a picture of a flow
   */
  public Optional<String> runtime() {
    return duration().map(Spans::text);
  }

  /**
   * What there is to draw.
   *
   * @return the outermost level
   */
  public PictureGraph graph() {
    return graph;
  }

  /**
   * The picture as Mermaid.
   *
   * @return text of a flowchart; any text of the flow is escaped
   */
  public String mermaid() {
    return new MermaidText(this).text();
  }

  /**
   * The picture in the language of Graphviz.
   *
   * @return text of a directed graph; any text of the flow is escaped
   */
  public String dot() {
    return new DotText(this).text();
  }

  /** The title and, of a run, how it went. */
  String headline() {
    StringBuilder text = new StringBuilder(title());
    status().ifPresent(status -> text.append(" · ").append(status));
    runtime().ifPresent(time -> text.append(" · ").append(time));
    return text.toString();
  }
}
