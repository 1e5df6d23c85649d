package io.flowforge;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.flow.Flow;

/** Placeholder, delivered with the pictures. */
public interface Picture {
  /**
   * A picture of a run.
   *
   * @param snapshot the run
   * @return the picture
   */
  static Picture of(ExecutionSnapshot snapshot) {
    throw new IllegalStateException("being built: " + snapshot.id());
  }

  /**
   * A picture of a flow.
   *
   * @param flow the flow
   * @return the picture
   */
  static Picture of(Flow flow) {
    throw new IllegalStateException("being built: " + flow.id());
  }
}
