package io.flowforge.flow;

/**
 * When a node with several incoming edges starts.
 *
 * <p>Written in a document as {@code "all"}, {@code "any"} or {@code {"atLeast": n}}. Immutable.
 */
public sealed interface Join {
  /** The default: every incoming edge is decided and at least one of them is taken. */
  Join ALL = new All();

  /** The first taken edge starts the node; later ones are ignored. */
  Join ANY = new Any();

  /**
   * Starts the node at the n-th taken edge, and skips it once n can no longer be reached.
   *
   * @param count taken edges needed, at least 1
   * @return the policy
   */
  static Join atLeast(int count) {
    return new AtLeast(count);
  }

  /** See {@link Join#ALL}. */
  record All() implements Join {}

  /** See {@link Join#ANY}. */
  record Any() implements Join {}

  /**
   * See {@link Join#atLeast(int)}.
   *
   * @param count taken edges needed, at least 1
   */
  record AtLeast(int count) implements Join {
    /** Checks the count. */
    public AtLeast {
      Checks.atLeast("join.atLeast", count, 1);
    }
  }
}
