package io.flowforge.spi.store;

import io.flowforge.FlowForgeException;
import java.util.Map;

/**
 * A worker has lost its lease, and with it the right to write; code {@code FF-FENCED}. What it
 * owned belongs to others now, or soon will.
 */
public final class FencedException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the worker.
   *
   * @param worker id of the worker
   */
  public FencedException(String worker) {
    super(
        "FF-FENCED",
        "worker " + worker + " has lost its lease; enlist anew under another id",
        Map.of("worker", worker),
        false,
        null);
  }
}
