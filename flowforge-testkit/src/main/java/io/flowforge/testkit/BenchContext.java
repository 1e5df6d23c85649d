package io.flowforge.testkit;

import io.flowforge.execution.Secret;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.TriggerContext;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The context of one node on a {@link TriggerBench}. */
final class BenchContext implements TriggerContext {
  private final TriggerBench bench;
  private final String node;
  private final RecordedLog log = new RecordedLog();

  BenchContext(TriggerBench bench, String node) {
    this.bench = bench;
    this.node = node;
  }

  @Override
  public String flowId() {
    return "contract";
  }

  @Override
  public String nodeId() {
    return node;
  }

  @Override
  public CompletionStage<Fired> fire(@Nullable Object event, String dedupKey) {
    return bench.fire(node, dedupKey, event);
  }

  @Override
  public Cursor cursor() {
    return new Cursor() {
      @Override
      public Optional<Object> get() {
        return Optional.ofNullable(bench.cursors().get(node));
      }

      @Override
      public CompletionStage<@Nullable Void> put(Object position) {
        bench.cursors().put(node, position);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public void failing(String reason, @Nullable Throwable cause) {
    log.warn(reason, cause);
  }

  @Override
  public void recovered() {
    log.info("recovered");
  }

  @Override
  public Secret credential(String name) {
    return Secret.of("credential " + name);
  }

  @Override
  public Logger log() {
    return log;
  }

  @Override
  public Clock clock() {
    return bench.time().clock();
  }

  @Override
  public TimeSource time() {
    return bench.time();
  }

  @Override
  public Executor executor() {
    return bench.time().executor();
  }

  @Override
  public <T> @Nullable T service(Class<T> type) {
    return null;
  }
}
