package io.flowforge.flow;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a flow or its inputs.
 *
 * @param code stable code such as {@code FF-DEF-CYCLE}
 * @param path JSON pointer into the document as written; empty is the whole document
 * @param node id of the node it belongs to; null when it belongs to none
 * @param message one English sentence: what, the value, what is allowed, what to do
 */
public record Problem(String code, String path, @Nullable String node, String message)
    implements Comparable<Problem> {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::path)
          .thenComparing(Problem::code)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return code + (path.isEmpty() ? "" : " at " + path) + ": " + message;
  }
}
