package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.expression.ExpressionException;
import io.flowforge.internal.expression.ExpressionProblem;
import io.flowforge.internal.text.Shown;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns whatever user code throws into an error with a code, without Java names in its message. */
final class Failures {
  private static final int LONGEST_MESSAGE = 512;

  private Failures() {}

  static boolean isRetryable(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof FlowForgeException known) {
      return known.retryable();
    }
    return !(cause instanceof ExpressionException) && !(cause instanceof Error);
  }

  static ExecutionError describe(Throwable thrown, @Nullable String path) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof FlowForgeException known) {
      return new ExecutionError(
          known.code(), text(messageOf(known)), path, details(known.details()));
    }
    if (cause instanceof ExpressionException broken) {
      ExpressionProblem problem = broken.problems().get(0);
      return new ExecutionError(
          problem.code().code(),
          text(
              broken.getMessage()
                  + (problem.pointer().isEmpty() ? "" : " (config " + problem.pointer() + ")")),
          path,
          Map.of("line", problem.line(), "column", problem.column()));
    }
    if (cause instanceof StackOverflowError) {
      return ExecutionError.of("FF-ACTION-STACK", "the action went too deep", path);
    }
    if (cause instanceof OutOfMemoryError) {
      return ExecutionError.of("FF-ACTION-MEMORY", "the action ran out of memory", path);
    }
    if (cause instanceof InterruptedException) {
      return ExecutionError.of("FF-INTERRUPTED", "the action was interrupted", path);
    }
    String message = messageOf(cause);
    return ExecutionError.of(
        cause instanceof LinkageError ? "FF-ACTION-LINKAGE" : "FF-ACTION-FAILED",
        message == null || message.isBlank()
            ? "the action failed without a message"
            : text(message),
        path);
  }

  /** Details as plain values; none when they have no plain form. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> details(Map<String, Object> given) {
    if (given.isEmpty()) {
      return given;
    }
    try {
      return (Map<String, Object>) Objects.requireNonNull(Values.normalise(given));
    } catch (RuntimeException refused) {
      return Map.of("details", "left out: " + text(refused.getMessage()));
    }
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Its message; exceptions are user code too, and asking one may fail. */
  private static @Nullable String messageOf(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException | Error ignored) {
      return "the failure has no readable message";
    }
  }

  private static String text(@Nullable String message) {
    return Shown.escaped(message == null ? "" : message, LONGEST_MESSAGE);
  }
}
