package io.flowforge.testkit;

import io.flowforge.spi.Output;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a mocked node does on one attempt. */
sealed interface MockOutcome {
  /** Returns a value. */
  record Returns(@Nullable Object value) implements MockOutcome {}

  /** Returns a value through a port. */
  record Leaves(Output output) implements MockOutcome {}

  /** Fails. */
  record Fails(String code, String message, boolean retryable) implements MockOutcome {}

  /** Does another thing after a while of manual time. */
  record Delayed(Duration delay, MockOutcome then) implements MockOutcome {}

  /** Does what the node really does. */
  record Real() implements MockOutcome {}
}
