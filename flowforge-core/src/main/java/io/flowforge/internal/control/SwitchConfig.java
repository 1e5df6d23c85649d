package io.flowforge.internal.control;

import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import io.flowforge.spi.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Config of {@code switch}. */
public record SwitchConfig(
    @Doc("The value that cases compare with equals.") @Nullable Object value,
    @Doc("Tried in order; the first that fits chooses the port.") List<Case> cases,
    @Doc("The port when no case fits.") @Key("default") @Default("default") String otherwise) {

  /** One case: what the value must equal, or a condition. */
  public record Case(
      @Doc("The value to equal.") @Nullable Object equals,
      @Doc("An expression that gives a boolean.") @Nullable ItemExpression when,
      @Doc("The port it chooses.") String port) {}
}
