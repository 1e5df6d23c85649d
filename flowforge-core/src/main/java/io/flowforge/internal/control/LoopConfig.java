package io.flowforge.internal.control;

import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import org.jspecify.annotations.Nullable;

/** Config of {@code loop}, without its body. */
public record LoopConfig(
    @Doc("The list to go through.") @Nullable Object items,
    @Doc("How often to run the body, instead of items.") @Range(min = 0) @Nullable Integer times,
    @Doc("Iterations at once.") @Default("1") @Range(min = 1, max = 1000) int concurrency,
    @Doc("Hands the body lists of up to so many items.") @Range(min = 1)
        @Nullable Integer batchSize,
    @Doc("What the failure of an iteration means.") @Default("fail") OnItemError onItemError,
    @Doc("Most iterations allowed.") @Default("10000") @Range(min = 1, max = 1000000)
        int maxIterations) {

  /** What the failure of an iteration means. */
  public enum OnItemError {
    /** The loop fails. */
    FAIL,
    /** Its result is null, and it is listed among the errors. */
    CONTINUE
  }
}
