package io.flowforge.testkit;

import io.flowforge.execution.Secret;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Blobs;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Passes every call on, and sees when calls begin and end and what they log. */
final class ObservedAction<C> implements Action<C> {
  private final Action<C> action;
  private final RecordedLog log = new RecordedLog();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  ObservedAction(Action<C> action) {
    this.action = action;
  }

  /** Opens when the first call has begun. */
  CountDownLatch begun() {
    return begun;
  }

  /** Opens when the first call is over. */
  CountDownLatch ended() {
    return ended;
  }

  RecordedLog log() {
    return log;
  }

  @Override
  public ActionDescriptor<C> descriptor() {
    return action.descriptor();
  }

  @Override
  public void validate(C config) {
    action.validate(config);
  }

  @Override
  public @Nullable Object run(C config, ActionContext context) throws Exception {
    begun.countDown();
    try {
      return action.run(config, new Observed(context, log));
    } finally {
      ended.countDown();
    }
  }

  /** The engine's context with another logger. */
  private record Observed(ActionContext context, Logger log) implements ActionContext {
    @Override
    public String executionId() {
      return context.executionId();
    }

    @Override
    public String flowId() {
      return context.flowId();
    }

    @Override
    public String nodeId() {
      return context.nodeId();
    }

    @Override
    public String nodeType() {
      return context.nodeType();
    }

    @Override
    public String path() {
      return context.path();
    }

    @Override
    public String idempotencyKey() {
      return context.idempotencyKey();
    }

    @Override
    public long fencingToken() {
      return context.fencingToken();
    }

    @Override
    public int attempt() {
      return context.attempt();
    }

    @Override
    public @Nullable Object input() {
      return context.input();
    }

    @Override
    public Map<String, Object> inputs() {
      return context.inputs();
    }

    @Override
    public Map<String, Object> vars() {
      return context.vars();
    }

    @Override
    public Secret credential(String name) {
      return context.credential(name);
    }

    @Override
    public Blobs blobs() {
      return context.blobs();
    }

    @Override
    public void emit(Object chunk) {
      context.emit(chunk);
    }

    @Override
    public void progress(double fraction, String note) {
      context.progress(fraction, note);
    }

    @Override
    public boolean isCancelled() {
      return context.isCancelled();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public <T> @Nullable T service(Class<T> type) {
      return context.service(type);
    }
  }
}
