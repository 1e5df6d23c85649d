package io.flowforge.testkit;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Operations;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose callers move the time while they wait: to the next timer, as long as what they
 * wait for has not come. The caller's own thread does it, so that runs are the same every time.
 */
final class Skipping implements InvocationHandler {
  private static final Duration BATCH = Duration.ofSeconds(30);

  private final Object target;
  private final ManualTime time;

  private Skipping(Object target, ManualTime time) {
    this.target = target;
    this.time = time;
  }

  static FlowForge of(FlowForge engine, ManualTime time) {
    return proxy(FlowForge.class, engine, time);
  }

  private static <T> T proxy(Class<T> type, T target, ManualTime time) {
    return type.cast(
        Proxy.newProxyInstance(
            Skipping.class.getClassLoader(), new Class<?>[] {type}, new Skipping(target, time)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (target instanceof Execution execution
        && method.getName().equals("await")
        && arguments != null
        && arguments[0] instanceof Duration timeout) {
      skipUntil(() -> execution.status().isFinal(), timeout);
    }
    try {
      Object result = method.invoke(target, arguments);
      boolean gives = target instanceof FlowForge || target instanceof Operations;
      return gives ? wrapped(result) : result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause() == null ? failure : failure.getCause();
    }
  }

  private @Nullable Object wrapped(@Nullable Object result) {
    if (result instanceof Operations operations) {
      return proxy(Operations.class, operations, time);
    }
    if (result instanceof Execution execution) {
      return proxy(Execution.class, execution, time);
    }
    if (result instanceof Optional<?> found) {
      return found.map(this::wrapped);
    }
    if (result instanceof List<?> list) {
      return list.stream().map(this::wrapped).toList();
    }
    if (result instanceof CompletionStage<?> stage) {
      skipUntil(() -> stage.toCompletableFuture().isDone(), BATCH);
    }
    return result;
  }

  /** Moves the time from timer to timer; the limit is in real time. */
  private void skipUntil(BooleanSupplier done, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    time.settle();
    while (!done.getAsBoolean() && System.nanoTime() < deadline && time.advanceToNextTimer()) {
      time.settle();
    }
  }
}
