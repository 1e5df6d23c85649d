package io.flowforge.actions.list;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code filter} action: keeps the items for which a condition holds, in their order.
 *
 * <p>Gives {@code {items, count}}. Thread-safe.
 */
public final class FilterAction implements Action<FilterAction.Config> {
  /** Makes the action. */
  public FilterAction() {}

  /**
   * What a node is told.
   *
   * @param items the list
   * @param where the condition; must give a boolean
   */
  @Doc("Keeps the items for which a condition holds.")
  public record Config(
      @Doc("The list.") List<@Nullable Object> items,
      @Doc("Condition over item and index, such as item.age > 18.") ItemExpression where) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("filter", Config.class)
        .aliases("filter-items", "filter_items", "where")
        .title("Filter")
        .category("list")
        .description("Keeps the items for which a condition holds, in their order.")
        .example(Map.of("items", List.of(1, 5, 9), "where", "item > 3"))
        .pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    List<@Nullable Object> kept = new ArrayList<>();
    int index = 0;
    for (Object item : config.items()) {
      if (config.where().test(item, index++)) {
        kept.add(item);
      }
    }
    return Listing.of(kept);
  }
}
