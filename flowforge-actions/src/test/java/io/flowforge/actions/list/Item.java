package io.flowforge.actions.list;

import io.flowforge.FlowForgeException;
import io.flowforge.spi.ItemExpression;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Item expressions written in Java. */
record Item(String source, BiFunction<Object, Integer, Object> body) implements ItemExpression {
  static Item field(String name) {
    return new Item("item." + name, (item, index) -> ((Map<?, ?>) item).get(name));
  }

  static Item of(BiFunction<Object, Integer, Object> body) {
    return new Item("…", body);
  }

  @Override
  public @Nullable Object evaluate(@Nullable Object item, int index) {
    return body.apply(item, index);
  }

  @Override
  public boolean test(@Nullable Object item, int index) {
    if (evaluate(item, index) instanceof Boolean holds) {
      return holds;
    }
    throw new FlowForgeException("FF-EXPR-TYPE", "no boolean");
  }
}
