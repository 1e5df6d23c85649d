package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.spi.TimeSource.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a node run needs beyond status, output and times; most never do. */
final class NodeState {
  int attempts;
  @Nullable ExecutionError error;
  @Nullable String reason;

  /** Port it left through; -1 before. */
  int port = -1;

  /** The config of all attempts, resolved before the first. */
  @Nullable Object config;

  boolean resolved;

  /** What the template gave for the config, until it is written down. */
  @Nullable Map<String, Object> resolvedConfig;

  /** Its begin is written down. */
  boolean journaled;

  /** While a run is replayed: ready, and neither begun nor over yet. */
  boolean ready;

  /** While a run is replayed: begun and not over yet. */
  boolean begun;

  /** Incoming edges that were taken when a join that does not wait for all was satisfied. */
  int @Nullable [] arrived;

  /** The next attempt, or the end of a wait. */
  @Nullable Timer timer;

  /** When that timer is due; 0 is never. */
  long dueMicros;

  @Nullable Timer attemptTimer;
  long attemptDueMicros;
  @Nullable Timer totalTimer;
  long totalDueMicros;

  /** The attempt under way; null between attempts. */
  @Nullable NodeCall call;

  @Nullable CompletionStage<?> stage;

  /** What a loop, wait or sub-flow keeps. */
  @Nullable Object work;

  /** The iterations of a loop, by index. */
  @Nullable List<Scope> iterations;

  /** An attempt is under way on another thread or as a stage. */
  boolean away;

  boolean holdsPlace;
  boolean holdsType;

  /** It stands in the line for a place of its type. */
  boolean inTypeLine;

  /** It waits to hear whether its rate has a permit. */
  boolean inRateLine;

  boolean ratePaid;
  @Nullable String breakerKey;
  @Nullable CacheKey cacheKey;

  /** The shared cache was asked for a result. */
  boolean cacheAsked;

  /** It waits to hear what the shared cache has. */
  boolean inCacheLine;

  /** What it fails with once a loop or sub-flow has stopped. */
  @Nullable ExecutionError pending;

  boolean pendingRetry;

  /** It was told to stop. */
  boolean stopped;

  /** It stands in the line for a place. */
  boolean held;

  void cancelTimers() {
    timer = cancel(timer);
    attemptTimer = cancel(attemptTimer);
    totalTimer = cancel(totalTimer);
    dueMicros = 0;
  }

  static @Nullable Timer cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
    return null;
  }
}
