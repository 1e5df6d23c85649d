package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.spi.store.StoreException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a store where a caller does. */
final class StoreCalls {
  private StoreCalls() {}

  /** The answer, or the store's own exception. */
  static <T> T get(CompletionStage<T> stage, long micros) {
    try {
      return stage.toCompletableFuture().get(micros, TimeUnit.MICROSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while the store was asked", Map.of(), true, null);
    } catch (TimeoutException late) {
      throw StoreException.unknown("the store has not answered in time", late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
