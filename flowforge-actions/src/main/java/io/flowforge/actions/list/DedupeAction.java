package io.flowforge.actions.list;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code dedupe} action: keeps the first of equal items.
 *
 * <p>Items are equal by content: numbers by value, objects whatever the order of their keys. Items
 * whose key is null count as equal. Gives {@code {items, count, removed}}. Thread-safe.
 */
public final class DedupeAction implements Action<DedupeAction.Config> {
  /** Makes the action. */
  public DedupeAction() {}

  /**
   * What a node is told.
   *
   * @param items the list
   * @param by what makes items equal; the whole item when not given
   */
  @Doc("Keeps the first of equal items.")
  public record Config(
      @Doc("The list.") List<@Nullable Object> items,
      @Doc("What makes items equal, such as item.email; the whole item if not given.")
          @Nullable ItemExpression by) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("dedupe", Config.class)
        .aliases("deduplicate", "distinct", "unique", "remove-duplicates", "remove_duplicates")
        .title("Remove duplicates")
        .category("list")
        .description("Keeps the first of items that are equal, or whose key is.")
        .example(Map.of("items", List.of(1, 2, 1.0)))
        .pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    Set<@Nullable Object> seen = new HashSet<>();
    List<@Nullable Object> kept = new ArrayList<>();
    int index = 0;
    for (Object item : config.items()) {
      Object key = config.by() == null ? item : config.by().evaluate(item, index);
      if (seen.add(Keys.identity(key))) {
        kept.add(item);
      }
      index++;
    }
    Map<String, @Nullable Object> output = Listing.of(kept);
    output.put("removed", index - kept.size());
    return output;
  }
}
