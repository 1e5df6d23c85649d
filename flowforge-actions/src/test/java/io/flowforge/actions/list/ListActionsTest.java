package io.flowforge.actions.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.FlowForgeException;
import io.flowforge.actions.TestContext;
import io.flowforge.actions.list.SortAction.Nulls;
import io.flowforge.actions.list.SortAction.Order;
import io.flowforge.spi.ActionContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListActionsTest {
  private static final ActionContext CONTEXT = TestContext.create();

  private static Map<?, ?> map(Object output) {
    return (Map<?, ?>) output;
  }

  private static Object sorted(List<Object> items, Order order, Nulls nulls) {
    SortAction.Config config = new SortAction.Config(items, null, order, nulls, List.of());
    return map(new SortAction().run(config, CONTEXT)).get("items");
  }

  private static Map<String, Object> row(String name, Object age) {
    Map<String, Object> row = new java.util.LinkedHashMap<>();
    row.put("name", name);
    row.put("age", age);
    return row;
  }

  @Test
  void filter_keeps_the_order() {
    List<Object> items = Arrays.asList(5, null, 1, 9, 3);
    Item where = Item.of((item, index) -> item != null && (Integer) item > 2 && index < 4);
    Map<?, ?> output = map(new FilterAction().run(new FilterAction.Config(items, where), CONTEXT));
    assertThat(output.get("items")).isEqualTo(List.of(5, 9));
    assertThat(output.get("count")).isEqualTo(2);
  }

  @Test
  void filter_hands_on_what_the_condition_says_is_wrong() {
    FilterAction.Config config =
        new FilterAction.Config(List.of(1), Item.of((item, index) -> "yes"));
    assertThat(
            catchThrowableOfType(
                    FlowForgeException.class, () -> new FilterAction().run(config, CONTEXT))
                .code())
        .isEqualTo("FF-EXPR-TYPE");
  }

  @Test
  void sort_orders_numbers_by_value_whatever_their_type() {
    List<Object> items =
        List.of(10, 9.5, new BigDecimal("9.4"), 9L, new BigInteger("99999999999999999999"), -1);
    assertThat(sorted(items, Order.ASC, Nulls.LAST))
        .isEqualTo(
            List.of(
                -1, 9L, new BigDecimal("9.4"), 9.5, 10, new BigInteger("99999999999999999999")));
  }

  @Test
  void sort_orders_text_by_code_point() {
    List<Object> items = List.of("b", "\uFFEE", "\uD83D\uDE00", "a", "B", "ab", "");
    assertThat(sorted(items, Order.ASC, Nulls.LAST))
        .isEqualTo(List.of("", "B", "a", "ab", "b", "\uFFEE", "\uD83D\uDE00"));
  }

  @Test
  void sort_compares_text_as_code_points_do() {
    SplittableRandom random = new SplittableRandom(11);
    int[] alphabet = {'a', 'z', 0xE000, 0xFFFD, 0x10000, 0x1F600};
    for (int i = 0; i < 5_000; i++) {
      int[] left = random.ints(3, 0, 6).map(at -> alphabet[at]).toArray();
      int[] right = random.ints(3, 0, 6).map(at -> alphabet[at]).toArray();
      assertThat(Integer.signum(Keys.compare(new String(left, 0, 3), new String(right, 0, 3))))
          .isEqualTo(Integer.signum(Arrays.compare(left, right)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ASC, LAST, '[1, 2, 3, null]'", "ASC, FIRST, '[null, 1, 2, 3]'",
    "DESC, LAST, '[3, 2, 1, null]'", "DESC, FIRST, '[null, 3, 2, 1]'"
  })
  void sort_puts_nulls_where_they_are_wanted(Order order, Nulls nulls, String wanted) {
    assertThat(sorted(Arrays.asList(2, null, 3, 1), order, nulls)).hasToString(wanted);
  }

  @Test
  void sort_by_several_keys_is_stable() {
    List<Object> items =
        List.of(row("b", 1), row("a", 2), row("a", 1), row("c", null), row("b", 2));
    SortAction.Config config =
        new SortAction.Config(
            items,
            Item.field("age"),
            Order.DESC,
            Nulls.FIRST,
            List.of(new SortAction.Key(Item.field("name"), Order.ASC, Nulls.LAST)));
    Map<?, ?> output = map(new SortAction().run(config, CONTEXT));
    assertThat(output.get("items"))
        .isEqualTo(List.of(row("c", null), row("a", 2), row("b", 2), row("a", 1), row("b", 1)));
    SortAction.Config same =
        new SortAction.Config(
            items, Item.of((item, index) -> true), Order.DESC, Nulls.LAST, List.of());
    assertThat(map(new SortAction().run(same, CONTEXT)).get("items")).isEqualTo(items);
  }

  @Test
  void b_ex_11_sort_says_which_types_have_no_order() {
    FlowForgeException failure =
        catchThrowableOfType(
            FlowForgeException.class, () -> sorted(List.of(1, "1", true), Order.ASC, Nulls.LAST));
    assertThat(failure.code()).isEqualTo("FF-LIST-TYPE");
    assertThat(failure.getMessage()).contains("the number 1").contains("the text \"1\"");
    assertThat(
            catchThrowableOfType(
                    FlowForgeException.class,
                    () -> sorted(List.of(Map.of(), Map.of()), Order.ASC, Nulls.LAST))
                .code())
        .isEqualTo("FF-LIST-TYPE");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, START, '[a, b]'", "2, 3, START, '[d]'", "9, 0, START, '[a, b, c, d]'",
        "0, 0, START, '[]'",
    "2, 9, START, '[]'", "2, 0, END, '[c, d]'", "2, 1, END, '[b, c]'", "9, 3, END, '[a]'",
    "2147483647, 2147483647, END, '[]'"
  })
  void limit_takes_a_stretch(int count, int offset, LimitAction.From from, String wanted) {
    LimitAction.Config config =
        new LimitAction.Config(List.of("a", "b", "c", "d"), count, offset, from);
    Map<?, ?> output = map(new LimitAction().run(config, CONTEXT));
    assertThat(output.get("items")).hasToString(wanted);
    assertThat(output.get("count")).isEqualTo(((List<?>) output.get("items")).size());
    assertThat(output.get("total")).isEqualTo(4);
  }

  @Test
  void dedupe_compares_by_content() {
    List<Object> items =
        Arrays.asList(
            1,
            1.0,
            new BigDecimal("1.00"),
            "1",
            null,
            null,
            Map.of("a", 1, "b", List.of(2)),
            Map.of("b", List.of(2.0), "a", 1L),
            true,
            List.of(),
            Map.of());
    Map<?, ?> output = map(new DedupeAction().run(new DedupeAction.Config(items, null), CONTEXT));
    assertThat(output.get("items"))
        .isEqualTo(
            Arrays.asList(
                1, "1", null, Map.of("a", 1, "b", List.of(2)), true, List.of(), Map.of()));
    assertThat(output.get("removed")).isEqualTo(4);
  }

  @Test
  void dedupe_by_a_key_keeps_the_first() {
    List<Object> items = List.of(row("a", 1), row("b", 1), row("a", 2));
    DedupeAction.Config config = new DedupeAction.Config(items, Item.field("name"));
    assertThat(map(new DedupeAction().run(config, CONTEXT)).get("items"))
        .isEqualTo(List.of(row("a", 1), row("b", 1)));
  }

  @Test
  void split_cuts_lists_into_chunks() {
    SplitAction.Config config = new SplitAction.Config(List.of(1, 2, 3, 4, 5), 2, "\n");
    Map<?, ?> output = map(new SplitAction().run(config, CONTEXT));
    assertThat(output.get("items")).isEqualTo(List.of(List.of(1, 2), List.of(3, 4), List.of(5)));
    assertThat(output.get("count")).isEqualTo(3);
    SplitAction.Config whole = new SplitAction.Config(List.of(1), Integer.MAX_VALUE, "\n");
    assertThat(map(new SplitAction().run(whole, CONTEXT)).get("count")).isEqualTo(1);
  }

  @Test
  void split_cuts_text_into_pieces() {
    assertThat(pieces("a\r\nb\n\nc\n", "\n")).isEqualTo(List.of("a", "b", "", "c"));
    assertThat(pieces("a, b, c", ", ")).isEqualTo(List.of("a", "b", "c"));
    assertThat(pieces(";a;", ";")).isEqualTo(List.of("", "a", ""));
    assertThat(pieces("", ";")).isEqualTo(List.of());
    assertThat(pieces("a", ";")).isEqualTo(List.of("a"));
  }

  private static Object pieces(String text, String separator) {
    SplitAction.Config config = new SplitAction.Config(text, 100, separator);
    return map(new SplitAction().run(config, CONTEXT)).get("items");
  }

  @Test
  void split_refuses_what_is_neither_and_too_many_pieces() {
    SplitAction.Config number = new SplitAction.Config(5, 100, "\n");
    assertThat(
            catchThrowableOfType(
                    FlowForgeException.class, () -> new SplitAction().run(number, CONTEXT))
                .code())
        .isEqualTo("FF-LIST-TYPE");
    assertThat(
            catchThrowableOfType(FlowForgeException.class, () -> pieces(";".repeat(1_000_001), ";"))
                .code())
        .isEqualTo("FF-LIST-SIZE");
  }

  private static AggregateAction.Operation operation(AggregateAction.Operator op, Item of) {
    return new AggregateAction.Operation(op, of);
  }

  private static Map<?, ?> all(List<Object> items, AggregateAction.Operator op) {
    AggregateAction.Config config =
        new AggregateAction.Config(items, Map.of(), Map.of("x", operation(op, null)));
    return map(map(new AggregateAction().run(config, CONTEXT)).get("result"));
  }

  @Test
  void aggregate_groups_in_the_order_of_appearance() {
    List<Object> items =
        List.of(row("b", 1), row("a", 0.1), row("b", null), row("a", 0.2), row("b", 5));
    Map<String, AggregateAction.Operation> operations = new java.util.LinkedHashMap<>();
    for (AggregateAction.Operator op : AggregateAction.Operator.values()) {
      operations.put(op.name(), operation(op, Item.field("age")));
    }
    AggregateAction.Config config =
        new AggregateAction.Config(items, Map.of("who", Item.field("name")), operations);
    Map<?, ?> output = map(new AggregateAction().run(config, CONTEXT));
    assertThat(output.get("items"))
        .hasToString(
            "[{who=b, SUM=6, AVERAGE=3, AVG=3, COUNT=2, MIN=1, MAX=5, FIRST=1, LAST=5,"
                + " COLLECT=[1, null, 5]},"
                + " {who=a, SUM=0.3, AVERAGE=0.15, AVG=0.15, COUNT=2, MIN=0.1, MAX=0.2, FIRST=0.1,"
                + " LAST=0.2, COLLECT=[0.1, 0.2]}]");
    assertThat(output.get("count")).isEqualTo(2);
    assertThat(output.containsKey("result")).isFalse();
  }

  @Test
  void aggregate_of_nothing_is_one_row_without_groups_and_none_with() {
    assertThat(all(List.of(), AggregateAction.Operator.SUM).get("x")).isEqualTo(0);
    assertThat(all(List.of(), AggregateAction.Operator.AVERAGE).get("x")).isNull();
    assertThat(all(List.of(), AggregateAction.Operator.MIN).get("x")).isNull();
    assertThat(all(List.of(), AggregateAction.Operator.COUNT).get("x")).isEqualTo(0);
    AggregateAction.Config config =
        new AggregateAction.Config(
            List.of(),
            Map.of("k", Item.field("name")),
            Map.of("n", operation(AggregateAction.Operator.COUNT, null)));
    assertThat(map(new AggregateAction().run(config, CONTEXT)).get("items")).isEqualTo(List.of());
  }

  @Test
  void aggregate_groups_null_and_equal_numbers_together() {
    List<Object> items = List.of(row("a", 1), row("b", 1.0), row("c", null), row("d", null));
    AggregateAction.Config config =
        new AggregateAction.Config(
            items,
            Map.of("age", Item.field("age")),
            Map.of("n", operation(AggregateAction.Operator.COUNT, null)));
    assertThat(map(new AggregateAction().run(config, CONTEXT)).get("items"))
        .hasToString("[{age=1, n=2}, {age=null, n=2}]");
  }

  @Test
  void sums_are_exact() {
    List<Object> tenths = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      tenths.add(0.1);
    }
    assertThat(all(tenths, AggregateAction.Operator.SUM).get("x")).isEqualTo(100);
    List<Object> large = List.of(Long.MAX_VALUE, 1, 9007199254740993L);
    assertThat(all(large, AggregateAction.Operator.SUM).get("x"))
        .isEqualTo(new BigInteger("9232379236109516801"));
    assertThat(all(List.of(1, 2), AggregateAction.Operator.AVERAGE).get("x")).isEqualTo(1.5);
    assertThat(all(List.of(1, 1, 2), AggregateAction.Operator.AVERAGE).get("x").toString())
        .isEqualTo("1.333333333333333333333333333333333");
    assertThat(all(List.of(1e308, 1e-308, -1e308), AggregateAction.Operator.SUM).get("x"))
        .isEqualTo(1e-308);
  }

  @Test
  void b_ex_05_numbers_too_far_apart_are_refused() {
    assertThat(
            catchThrowableOfType(
                    FlowForgeException.class,
                    () ->
                        all(List.of(new BigDecimal("1e20000000"), 1), AggregateAction.Operator.SUM))
                .code())
        .isEqualTo("FF-LIST-NUMBER");
  }

  @ParameterizedTest
  @CsvSource({"SUM, item 1 has the text \"x\"", "AVERAGE, needs numbers", "MAX, the text \"x\""})
  void b_ex_11_aggregate_says_which_value_does_not_fit(
      AggregateAction.Operator op, String message) {
    FlowForgeException failure =
        catchThrowableOfType(FlowForgeException.class, () -> all(List.of(1, "x"), op));
    assertThat(failure.code()).isEqualTo("FF-LIST-TYPE");
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void aggregate_refuses_a_figure_named_as_a_key() {
    AggregateAction.Config config =
        new AggregateAction.Config(
            List.of(),
            Map.of("n", Item.field("name")),
            Map.of("n", operation(AggregateAction.Operator.COUNT, null)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AggregateAction().validate(config))
        .withMessageContaining("\"n\"");
  }
}
