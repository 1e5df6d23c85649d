package io.flowforge.flow;

/**
 * How large a flow document may be; checked before memory is taken for it.
 *
 * @param bytes longest document; 1 to 1 GiB, default 5 MiB
 * @param depth deepest nesting of objects and lists; 1 to 64, default 64
 * @param nodes most nodes, those of bodies included; at least 1, default 100,000
 * @param edges most edges, those of {@code dependsOn} included; at least 1, default 500,000
 */
public record DocumentLimits(long bytes, int depth, int nodes, int edges) {
  /** 5 MiB, 64 levels, 100,000 nodes, 500,000 edges. */
  public static final DocumentLimits DEFAULT = new DocumentLimits(5L << 20, 64, 100_000, 500_000);

  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_DEPTH = 64;

  /** Checks the bounds. */
  public DocumentLimits {
    Checks.atLeast("bytes", bytes, 1);
    Checks.atLeast("depth", depth, 1);
    Checks.atLeast("nodes", nodes, 1);
    Checks.atLeast("edges", edges, 1);
    if (bytes > MOST_BYTES || depth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          "bytes must be <= %d and depth <= %d, were %d and %d"
              .formatted(MOST_BYTES, MOST_DEPTH, bytes, depth));
    }
  }

  /**
   * A copy with another longest document.
   *
   * @param value 1 to 1 GiB
   * @return the copy
   */
  public DocumentLimits withBytes(long value) {
    return new DocumentLimits(value, depth, nodes, edges);
  }

  /**
   * A copy with another deepest nesting.
   *
   * @param value 1 to 64
   * @return the copy
   */
  public DocumentLimits withDepth(int value) {
    return new DocumentLimits(bytes, value, nodes, edges);
  }

  /**
   * A copy with other counts.
   *
   * @param mostNodes at least 1
   * @param mostEdges at least 1
   * @return the copy
   */
  public DocumentLimits withGraph(int mostNodes, int mostEdges) {
    return new DocumentLimits(bytes, depth, mostNodes, mostEdges);
  }
}
