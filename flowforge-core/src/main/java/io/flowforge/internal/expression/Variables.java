package io.flowforge.internal.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values that expressions read while they run, by the slots that {@link Names} gave out.
 *
 * <p>All values are plain: maps with string keys, lists, strings, numbers, booleans and null. They
 * are only read, and must not change while an expression runs.
 */
public interface Variables {

  /** Value of a root. */
  @Nullable Object root(int slot);

  /** Output of a node, null as long as there is none. */
  @Nullable Object nodeOutput(int node);

  /** Status of a node, such as {@code COMPLETED}. */
  @Nullable String nodeStatus(int node);

  /** Error of a node as a map, null if there is none. */
  @Nullable Object nodeError(int node);

  /** Number of tries a node has made. */
  int nodeAttempts(int node);

  /**
   * True if a node may be read here. Asked only for a node that is chosen while an expression runs,
   * {@code nodes[inputs.which]}; one that may not be read is null there, whether it has run or not.
   */
  boolean reaches(int node);

  /** The time that {@code now()} gives. */
  Instant now();

  /** The id that {@code uuid()} gives, a new one for each call. */
  String newId();
}
