package io.flowforge.actions.transform;

import io.flowforge.actions.internal.Threads;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code transform} action: gives what an expression in JSONata, JMESPath or JSONPath makes of
 * a value.
 *
 * <p>Errors: {@code FF-TRANSFORM-SYNTAX}, {@code FF-TRANSFORM-FAILED}, {@code FF-TRANSFORM-LIMIT}.
 * Thread-safe; {@link #close} lets its workers go.
 */
public final class TransformAction implements Action<TransformAction.Config>, AutoCloseable {
  /** A worker that outlives its deadline inside a library keeps its place until it is done. */
  private static final int MAX_WORKERS = 64;

  private static final Map<Language, Engine> ENGINES =
      Map.of(
          Language.JSONATA, new JsonataEngine(),
          Language.JMESPATH, new JmesPathEngine(),
          Language.JSONPATH, new JsonPathEngine());

  private final ThreadPoolExecutor workers = Threads.workers("flowforge-transform", MAX_WORKERS);

  /** Makes the action. */
  public TransformAction() {}

  /**
   * What a node is told.
   *
   * @param data the value to transform; what came into the node when not given or null
   * @param language the language
   * @param expression the source
   * @param timeout how long it may take
   */
  @Doc("Transforms a value with JSONata, JMESPath or JSONPath.")
  public record Config(
      @Doc("The value to transform; what came into the node if not given.") @Nullable Object data,
      @Doc("jsonata, jmespath or jsonpath.") @Default("jsonata") Language language,
      @Doc("The source, at most 8 KiB; write $${ where it holds ${.") @Range(min = 1, max = 8192)
          String expression,
      @Doc("How long it may take.") @Default("5s") Duration timeout) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("transform", Config.class)
        .aliases("transform-data", "transform_data", "map-data", "map_data")
        .title("Transform")
        .category("data")
        .description("Gives what an expression in JSONata, JMESPath or JSONPath makes of a value.")
        .example(
            Map.of(
                "data",
                Map.of("items", List.of(Map.of("price", 2), Map.of("price", 3))),
                "expression",
                "$sum(items.price)"))
        .blocking();
  }

  @Override
  public void validate(Config config) {
    try {
      check(config);
    } catch (ActionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Engine check(Config config) {
    try {
      SourceBounds.check(config.expression());
      Engine engine = engine(config.language());
      engine.check(config.expression());
      return engine;
    } catch (StackOverflowError e) {
      throw Refusals.limit("expression is nested too deep");
    }
  }

  private static Engine engine(Language language) {
    Engine engine = ENGINES.get(language);
    if (engine == null) {
      throw new IllegalStateException("no engine for " + language);
    }
    return engine;
  }

  @Override
  public @Nullable Object run(Config config, ActionContext context) throws InterruptedException {
    Object data = config.data() == null ? context.input() : config.data();
    FutureTask<@Nullable Object> task = new FutureTask<>(() -> evaluate(config, data));
    try {
      workers.execute(task);
      return task.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw Refusals.limit("it took more than " + config.timeout().toMillis() + " ms");
    } catch (RejectedExecutionException e) {
      throw ActionException.transientFailure(
          "FF-TRANSFORM-BUSY", "All " + MAX_WORKERS + " workers for transformations are busy.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ActionException refusal
          ? refusal
          : Refusals.failed(config.language(), "it came to no end").withCause(e);
    } finally {
      task.cancel(true);
    }
  }

  private static @Nullable Object evaluate(Config config, @Nullable Object data) {
    Budget budget = Budget.of(data);
    budget.enter();
    try {
      Object result = check(config).evaluate(config.expression(), data, budget);
      return Results.plain(config.language(), result, budget);
    } catch (StackOverflowError e) {
      throw Refusals.limit("it went too deep");
    } catch (OutOfMemoryError e) {
      throw Refusals.limit("it needed more memory than there is");
    } finally {
      budget.leave();
    }
  }

  /** Lets the workers go. Idempotent. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
