package io.flowforge.actions.list;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code limit} action: takes a stretch of a list.
 *
 * <p>Gives {@code {items, count, total}}, where total is the length of the whole list. Thread-safe.
 */
public final class LimitAction implements Action<LimitAction.Config> {
  /** Makes the action. */
  public LimitAction() {}

  /** Where to count from. */
  public enum From {
    /** From the first item. */
    START,
    /** From the last item; the order stays. */
    END
  }

  /**
   * What a node is told.
   *
   * @param items the list
   * @param count how many items to take at most
   * @param offset how many to pass over before
   * @param from which end to count from
   */
  @Doc("Takes a stretch of a list.")
  public record Config(
      @Doc("The list.") List<@Nullable Object> items,
      @Doc("How many items to take at most.") @Range(min = 0) int count,
      @Doc("How many to pass over before.") @Default("0") @Range(min = 0) int offset,
      @Doc("Which end to count from: start or end.") @Default("start") From from) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("limit", Config.class)
        .aliases("limit-items", "limit_items", "take", "slice")
        .title("Limit")
        .category("list")
        .description("Takes a stretch of a list, from its start or its end.")
        .example(Map.of("items", List.of("a", "b", "c"), "count", 2))
        .pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    int total = config.items().size();
    int passed = Math.min(config.offset(), total);
    int taken = Math.min(config.count(), total - passed);
    int first = config.from() == From.START ? passed : total - passed - taken;
    Map<String, @Nullable Object> output =
        Listing.of(new ArrayList<>(config.items().subList(first, first + taken)));
    output.put("total", total);
    return output;
  }
}
