package io.flowforge.actions.list;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code sort} action: orders a list by one or several keys; equal items keep their order.
 *
 * <p>Gives {@code {items, count}}. Thread-safe.
 */
public final class SortAction implements Action<SortAction.Config> {
  /** Makes the action. */
  public SortAction() {}

  /** Which end comes first. */
  public enum Order {
    /** Smallest first. */
    ASC,
    /** Largest first. */
    DESC
  }

  /** Where items without a key go, whatever the order. */
  public enum Nulls {
    /** Before all others. */
    FIRST,
    /** Behind all others. */
    LAST
  }

  /**
   * What a node is told.
   *
   * @param items the list
   * @param by the key; the item itself when not given
   * @param order which end comes first
   * @param nulls where items whose key is null go
   * @param thenBy further keys for items that are equal so far
   */
  @Doc("Orders a list by one or several keys.")
  public record Config(
      @Doc("The list.") List<@Nullable Object> items,
      @Doc("Key over item and index, such as item.age; the item itself if not given.")
          @Nullable ItemExpression by,
      @Doc("asc or desc.") @Default("asc") Order order,
      @Doc("Where items whose key is null go: first or last.") @Default("last") Nulls nulls,
      @Doc("Further keys for items that are equal so far.") @Default("[]") List<Key> thenBy) {}

  /**
   * A further key.
   *
   * @param by the key
   * @param order which end comes first
   * @param nulls where items whose key is null go
   */
  @Doc("A further key.")
  public record Key(
      @Doc("Key over item and index.") ItemExpression by,
      @Doc("asc or desc.") @Default("asc") Order order,
      @Doc("Where items whose key is null go: first or last.") @Default("last") Nulls nulls) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("sort", Config.class)
        .aliases("sort-items", "sort_items", "order-by", "order_by")
        .title("Sort")
        .category("list")
        .description("Orders a list by one or several keys; equal items keep their order.")
        .example(Map.of("items", List.of(3, 1, 2), "order", "desc"))
        .pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    Comparator<Row> order = comparator(0, config.order(), config.nulls());
    int position = 1;
    for (Key key : config.thenBy()) {
      order = order.thenComparing(comparator(position++, key.order(), key.nulls()));
    }
    List<Row> rows = rows(config);
    rows.sort(order);
    List<@Nullable Object> sorted = new ArrayList<>(rows.size());
    rows.forEach(row -> sorted.add(row.item));
    return Listing.of(sorted);
  }

  private static List<Row> rows(Config config) {
    List<Row> rows = new ArrayList<>(config.items().size());
    int index = 0;
    for (Object item : config.items()) {
      @Nullable Object[] keys = new @Nullable Object[config.thenBy().size() + 1];
      keys[0] = config.by() == null ? item : config.by().evaluate(item, index);
      for (int i = 1; i < keys.length; i++) {
        keys[i] = config.thenBy().get(i - 1).by().evaluate(item, index);
      }
      rows.add(new Row(item, keys));
      index++;
    }
    return rows;
  }

  private static Comparator<Row> comparator(int position, Order order, Nulls nulls) {
    Comparator<Object> values = order == Order.ASC ? Keys::compare : (a, b) -> Keys.compare(b, a);
    Comparator<@Nullable Object> all =
        nulls == Nulls.FIRST ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
    return (a, b) -> all.compare(a.keys[position], b.keys[position]);
  }

  /** An item with its keys, each worked out once. */
  private static final class Row {
    private final @Nullable Object item;
    private final @Nullable Object[] keys;

    Row(@Nullable Object item, @Nullable Object[] keys) {
      this.item = item;
      this.keys = keys;
    }
  }
}
