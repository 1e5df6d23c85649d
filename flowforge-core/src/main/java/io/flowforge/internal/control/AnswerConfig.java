package io.flowforge.internal.control;

import io.flowforge.flow.Problem;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config of {@code user-input}. */
public record AnswerConfig(
    @Doc("What the person is asked.") @Nullable String prompt,
    @Doc("What the answer must hold, by name, written as a flow's inputs are.")
        @Nullable Map<String, Object> fields,
    @Doc("Who is asked.") @Nullable String assignee,
    @Doc("How long to wait.") @Nullable Duration timeout,
    @Doc("The answer when none came in time.") @Key("default") @Nullable Object defaultAnswer) {

  /** Whether silence counts as an answer. */
  public boolean hasDefault() {
    return defaultAnswer != null;
  }

  /** What is wrong with an answer. */
  public List<Problem> check(@Nullable Object answer) {
    return AnswerFields.check(fields, answer);
  }

  /** The answer with the fields' own defaults. */
  public @Nullable Object complete(@Nullable Object answer) {
    return AnswerFields.complete(fields, answer);
  }
}
