package io.flowforge.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of an execution's log to give, oldest first. Immutable; every {@code with} method
 * returns a changed copy.
 *
 * @param node only of this node, by its id or by the address of one of its runs; null is any
 * @param minLevel only of this level or above
 * @param after only lines with a higher number; 0 begins at the first
 * @param limit the most to give, 1 to 1,000
 */
public record LogQuery(@Nullable String node, LogLevel minLevel, long after, int limit) {
  /** All lines, from the first. */
  public static final LogQuery ALL = new LogQuery(null, LogLevel.TRACE, 0, 1000);

  /** Checks the bounds. */
  public LogQuery {
    Objects.requireNonNull(minLevel, "minLevel");
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
    }
  }

  /**
   * A copy for one node.
   *
   * @param idOrAddress its id, or the address of one of its runs
   * @return the copy
   */
  public LogQuery withNode(String idOrAddress) {
    return new LogQuery(idOrAddress, minLevel, after, limit);
  }

  /**
   * A copy for lines that matter at least so much.
   *
   * @param level the least level
   * @return the copy
   */
  public LogQuery withMinLevel(LogLevel level) {
    return new LogQuery(node, level, after, limit);
  }

  /**
   * A copy for what comes behind a line.
   *
   * @param last the last line that was seen
   * @return the copy
   */
  public LogQuery after(LogLine last) {
    return new LogQuery(node, minLevel, last.number(), limit);
  }

  /**
   * A copy with another page size.
   *
   * @param most 1 to 1,000
   * @return the copy
   */
  public LogQuery withLimit(int most) {
    return new LogQuery(node, minLevel, after, most);
  }

  /**
   * Whether a line is asked for, whatever the limit.
   *
   * @param line a line
   * @return true when it is
   */
  public boolean takes(LogLine line) {
    String path = line.node();
    boolean named =
        node == null || node.equals(path) || node.equals(path.substring(path.lastIndexOf('/') + 1));
    return named && line.number() > after && line.level().compareTo(minLevel) >= 0;
  }
}
