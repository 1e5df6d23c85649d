package io.flowforge.internal.run;

import java.util.concurrent.CompletionStage;

/** Cancels stages that can be cancelled. */
final class Stages {
  private Stages() {}

  static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException ignored) {
      // A stage that cannot be cancelled runs on; its late result is dropped.
    }
  }
}
