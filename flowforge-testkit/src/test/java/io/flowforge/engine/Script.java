package io.flowforge.engine;

import io.flowforge.spi.ActionContext;
import org.jspecify.annotations.Nullable;

/** What a node of type {@code quick} or {@code slow} does in one test. */
@FunctionalInterface
interface Script {
  @Nullable Object run(ActionContext context) throws Throwable;
}
