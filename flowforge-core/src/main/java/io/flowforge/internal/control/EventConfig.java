package io.flowforge.internal.control;

import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Config of {@code wait-for-event}. */
public record EventConfig(
    @Doc("Name of the event.") @Range(min = 1, max = 255) String event,
    @Doc("What the event must carry as correlation; none matches events without one.")
        @Nullable Object correlation,
    @Doc("How long to wait before port timeout.") @Nullable Duration timeout) {

  /** The correlation as text. */
  public @Nullable String key() {
    return Correlation.text(correlation);
  }
}
