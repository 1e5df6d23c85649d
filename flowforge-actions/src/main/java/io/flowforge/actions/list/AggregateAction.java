package io.flowforge.actions.list;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import io.flowforge.spi.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code aggregate} action: groups a list and works out figures for each group.
 *
 * <p>Gives {@code {items, count}}: one row per group, in the order in which groups appear, with the
 * group's keys and the figures by their names; without groups one row, which is {@code result} as
 * well. Thread-safe.
 */
public final class AggregateAction implements Action<AggregateAction.Config> {
  /** Makes the action. */
  public AggregateAction() {}

  /** What is worked out. Null values are passed over by sum, average, min, max and count of. */
  public enum Operator {
    /** The exact sum; 0 of nothing. */
    SUM,
    /** The mean, to 34 digits; null of nothing. */
    AVERAGE,
    /** The same as {@link #AVERAGE}. */
    AVG,
    /** How many items there are, or values that are not null. */
    COUNT,
    /** The smallest value; null of nothing. */
    MIN,
    /** The largest value; null of nothing. */
    MAX,
    /** The value of the first item, null or not. */
    FIRST,
    /** The value of the last item, null or not. */
    LAST,
    /** All values as a list, null or not. */
    COLLECT
  }

  /**
   * What a node is told.
   *
   * @param items the list
   * @param groupBy keys by the name they get in the row; none makes one group of all
   * @param operations figures by the name they get in the row
   */
  @Doc("Groups a list and works out figures for each group.")
  public record Config(
      @Doc("The list.") List<@Nullable Object> items,
      @Doc("Keys over item by their names in the row, such as region: item.region.") @Default("{}")
          Map<String, ItemExpression> groupBy,
      @Doc("Figures by their names in the row.") @Range(min = 1)
          Map<String, Operation> operations) {}

  /**
   * A figure.
   *
   * @param op what is worked out
   * @param of the value of an item; the item itself when not given
   */
  @Doc("A figure.")
  public record Operation(
      @Doc("sum, average, count, min, max, first, last or collect.") Operator op,
      @Doc("Value over item and index, such as item.amount; the item itself if not given.")
          @Nullable ItemExpression of) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("aggregate", Config.class)
        .aliases("group-by", "group_by", "summarize", "summarise")
        .title("Aggregate")
        .category("list")
        .description("Groups a list and works out sums, averages and other figures per group.")
        .example(
            Map.of("items", List.of(1, 2, 3), "operations", Map.of("total", Map.of("op", "sum"))))
        .pure();
  }

  @Override
  public void validate(Config config) {
    for (String name : config.operations().keySet()) {
      if (config.groupBy().containsKey(name)) {
        throw new IllegalArgumentException(
            "operations must not have the name of a group key, was " + Shown.value(name));
      }
    }
  }

  @Override
  public Object run(Config config, ActionContext context) {
    Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();
    if (config.groupBy().isEmpty()) {
      groups.put(List.of(), new Group(config, List.of()));
    }
    int index = 0;
    for (Object item : config.items()) {
      List<@Nullable Object> keys = keys(config, item, index);
      List<@Nullable Object> identity = new ArrayList<>();
      keys.forEach(key -> identity.add(Keys.identity(key)));
      groups.computeIfAbsent(identity, ignored -> new Group(config, keys)).add(item, index++);
    }
    List<Map<String, @Nullable Object>> rows = groups.values().stream().map(Group::row).toList();
    Map<String, @Nullable Object> output = Listing.of(rows);
    if (config.groupBy().isEmpty()) {
      output.put("result", rows.get(0));
    }
    return output;
  }

  private static List<@Nullable Object> keys(Config config, @Nullable Object item, int index) {
    List<@Nullable Object> keys = new ArrayList<>(config.groupBy().size());
    for (ItemExpression key : config.groupBy().values()) {
      keys.add(key.evaluate(item, index));
    }
    return keys;
  }

  /** The figures of one group, as far as they have been worked out. */
  private static final class Group {
    private final Config config;
    private final List<@Nullable Object> keys;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Group(Config config, List<@Nullable Object> keys) {
      this.config = config;
      this.keys = keys;
      config.operations().forEach((name, operation) -> figures.put(name, Figure.of(operation)));
    }

    void add(@Nullable Object item, int index) {
      for (Figure figure : figures.values()) {
        figure.take(item, index);
      }
    }

    Map<String, @Nullable Object> row() {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      int position = 0;
      for (String name : config.groupBy().keySet()) {
        row.put(name, keys.get(position++));
      }
      figures.forEach((name, figure) -> row.put(name, figure.value()));
      return row;
    }
  }
}
