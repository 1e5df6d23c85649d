package io.flowforge.internal.engine;

import io.flowforge.FlowForge;

/** The engine behind {@link FlowForge}. */
public final class Engine {
  private Engine() {}

  public static FlowForge start(EngineOptions options) {
    throw new IllegalStateException("being built: " + options.maxPending);
  }
}
