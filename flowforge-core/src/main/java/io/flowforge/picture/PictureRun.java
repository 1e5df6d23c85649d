package io.flowforge.picture;

import io.flowforge.execution.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a node; within a loop of all its runs together.
 *
 * @param status where it stands; of several runs the one that most needs a look
 * @param count how often it ran or was skipped: 1, or the number of iterations that reached it
 * @param attempts tries made
 * @param duration the time it took, all runs together; null before it is over
 * @param critical whether it is on the critical path
 * @param note error code of a failure, or why it was skipped or waits; null otherwise
 */
public record PictureRun(
    NodeStatus status,
    int count,
    int attempts,
    @Nullable Duration duration,
    boolean critical,
    @Nullable String note) {

  /**
   * What is worth telling beside the status.
   *
   * @return such as {@code "3 runs · 1.2 s · 4 attempts · FF-TIMEOUT"}; empty when there is nothing
   */
  public String facts() {
    List<String> facts = new ArrayList<>();
    if (count > 1) {
      facts.add(count + " runs");
    }
    if (duration != null) {
      facts.add(Spans.text(duration));
    }
    if (attempts > count) {
      facts.add(attempts + " attempts");
    }
    if (note != null) {
      facts.add(note);
    }
    return String.join(" · ", facts);
  }

  PictureRun onCriticalPath() {
    return new PictureRun(status, count, attempts, duration, true, note);
  }
}
