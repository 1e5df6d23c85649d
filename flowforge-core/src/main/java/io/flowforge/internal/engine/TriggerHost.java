package io.flowforge.internal.engine;

import io.flowforge.spi.TriggerContext.Fired;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the triggers at work in an engine share. */
interface TriggerHost {
  EngineHost host();

  FlowBook book();

  Plans plans();

  /** Where triggers are started and work; apart from actions, which may keep all workers busy. */
  Workers workers();

  /** The position of a node, which is this engine's from now on. */
  TriggerCursor cursor(String key);

  /** Whether the engine is sure to be the one that runs the triggers it has started. */
  boolean mayFire();

  /** Starts an execution with an event, once for each key. */
  CompletionStage<Fired> start(
      FlowWatch flow, String node, @Nullable Object event, String dedupKey);
}
