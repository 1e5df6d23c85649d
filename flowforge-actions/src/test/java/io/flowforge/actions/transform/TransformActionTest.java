package io.flowforge.actions.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.actions.TestContext;
import io.flowforge.execution.Json;
import io.flowforge.spi.ActionException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformActionTest {
  private static final Object ORDERS =
      Json.parse(
          """
          {"orders": [
            {"id": 1, "customer": "Ann", "total": 12.5, "tags": ["a", "b"]},
            {"id": 2, "customer": "Bob", "total": 7, "tags": []},
            {"id": 3, "customer": "Ann", "total": 30, "tags": ["b"], "note": null}
          ], "year": 2025}
          """);

  private final TransformAction action = new TransformAction();

  @AfterEach
  void close() {
    action.close();
  }

  private Object run(Language language, String expression, Object data) throws Exception {
    return action.run(
        new TransformAction.Config(data, language, expression, Duration.ofSeconds(5)),
        TestContext.create());
  }

  private ActionException failure(Language language, String expression, Object data) {
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> run(language, expression, data));
    assertThat(failure).as(expression).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("java.", "com.").hasSizeLessThan(512);
    return failure;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "JSONATA # $sum(orders.total) # 49.5",
        "JSONATA # orders[customer='Ann'].id # [1,3]",
        "JSONATA # {'n': $count(orders), 'who': orders[0].customer} # {\"n\":3,\"who\":\"Ann\"}",
        "JSONATA # orders{customer: $sum(total)} # {\"Ann\":42.5,\"Bob\":7}",
        "JSONATA # orders.tags # [\"a\",\"b\",\"b\"]",
        "JSONATA # $join(orders.customer, '-') # \"Ann-Bob-Ann\"",
        "JSONATA # $join(['x', 'x', 'y']) # \"xxy\"",
        "JSONATA # $replace('aXbXc', 'X', '$1', 1) # \"a$1bXc\"",
        "JSONATA # $pad('x', 5, '+-') & $pad('y', -3) # \"x+-+-  y\"",
        "JSONATA # $string(orders[0].tags) # \"[\\\"a\\\",\\\"b\\\"]\"",
        "JSONATA # $map(orders, function($o) { $o.id * 2 }) # [2,4,6]",
        "JSONATA # $formatNumber(1234.5, '9,999.00') # \"1,234.50\"",
        "JSONATA # $formatInteger(12, 'I') # \"XII\"",
        "JSONATA # $fromMillis(0) # \"1970-01-01T00:00:00.000Z\"",
        "JSONATA # $toMillis('1970-01-01T00:00:01Z') # 1000",
        "JSONATA # year / 2 # 1012.5",
        "JSONATA # nothing # null",
        "JSONATA # orders^(>total).id # [3,1,2]",
        "JMESPATH # orders[?customer=='Ann'].id # [1,3]",
        "JMESPATH # sum(orders[].total) # 49.5",
        "JMESPATH # orders[*].tags[] # [\"a\",\"b\",\"b\"]",
        "JMESPATH # {n: length(orders), who: orders[0].customer} # {\"n\":3,\"who\":\"Ann\"}",
        "JMESPATH # join('-', orders[].customer) # \"Ann-Bob-Ann\"",
        "JMESPATH # sort_by(orders, &total)[].id # [2,1,3]",
        "JMESPATH # orders[?total > `10`] | [0].id # 1",
        "JMESPATH # to_string(orders[0].tags) # \"[\\\"a\\\",\\\"b\\\"]\"",
        "JMESPATH # nothing.at.all # null",
        "JSONPATH # $.orders[*].id # [1,2,3]",
        "JSONPATH # $.orders[?(@.total > 10)].customer # [\"Ann\",\"Ann\"]",
        "JSONPATH # $..tags[0] # [\"a\",\"b\"]",
        "JSONPATH # $.year # 2025",
        "JSONPATH # $.orders.length() # 3",
        "JSONPATH # $.orders[?(@.customer == 'Bob' || @.id == 1)].id # [1,2]",
        "JSONPATH # $.nothing.at.all # null",
        "JSONPATH # $.orders[-1].note # null",
      })
  void the_three_languages_give_plain_values(Language language, String source, String wanted)
      throws Exception {
    assertThat(Json.write(run(language, source, ORDERS))).isEqualTo(wanted);
  }

  @Test
  void without_data_the_input_of_the_node_is_transformed() throws Exception {
    assertThat(run(Language.JSONATA, "$exists(a)", null)).isEqualTo(false);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void numbers_keep_their_value(Language language) throws Exception {
    Map<String, Object> data =
        Map.of("a", new BigInteger("99999999999999999999"), "b", 9007199254740993L, "c", 0.1);
    String root = language == Language.JSONPATH ? "$." : "";
    assertThat(run(language, root + "a", data)).isEqualTo(new BigInteger("99999999999999999999"));
    assertThat(run(language, root + "b", data)).isEqualTo(9007199254740993L);
    assertThat(run(language, root + "c", data)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void data_is_left_as_it_was(Language language) throws Exception {
    Object data = Collections.unmodifiableMap(Map.of("a", List.of(3, 1, 2)));
    Object all = run(language, language == Language.JSONPATH ? "$.a" : "a", data);
    assertThat(all).isEqualTo(List.of(3, 1, 2));
    if (language == Language.JSONATA) {
      assertThat(run(language, "$ ~> |$|{'b': 1}|", data))
          .isEqualTo(Map.of("a", List.of(3, 1, 2), "b", 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JSONATA, 'a +', FF-TRANSFORM-SYNTAX", "JSONATA, 'a[', FF-TRANSFORM-SYNTAX",
    "JSONATA, '\"a', FF-TRANSFORM-SYNTAX", "JMESPATH, 'a[', FF-TRANSFORM-SYNTAX",
    "JMESPATH, 'a..b', FF-TRANSFORM-SYNTAX", "JMESPATH, 'nope(@)', FF-TRANSFORM-SYNTAX",
    "JSONPATH, '$.[', FF-TRANSFORM-SYNTAX", "JSONPATH, '$[?(', FF-TRANSFORM-SYNTAX",
    "JSONPATH, '$[?(@.a == {\"b\":1})]', FF-TRANSFORM-SYNTAX"
  })
  void b_ex_01_what_cannot_be_parsed_is_told_when_the_flow_is_loaded(
      Language language, String source, String code) {
    assertThat(failure(language, source, Map.of()).code()).isEqualTo(code);
    TransformAction.Config config =
        new TransformAction.Config(null, language, source, Duration.ofSeconds(1));
    assertThatIllegalArgumentException().isThrownBy(() -> action.validate(config));
  }

  @ParameterizedTest
  @CsvSource({
    "JSONATA, 1 + 'x'",
    "JSONATA, $sum('x')",
    "JSONATA, $nope(1)",
    "JSONATA, $length(5)",
    "JMESPATH, sum('x')",
    "JSONATA, 1/0",
    "JSONATA, $join"
  })
  void b_ex_11_what_does_not_fit_is_a_failure_of_ours(Language language, String source) {
    assertThat(failure(language, source, Map.of()).code())
        .isIn("FF-TRANSFORM-FAILED", "FF-TRANSFORM-SYNTAX");
  }

  private static String nested(String open, String middle, String close, int depth) {
    return open.repeat(depth) + middle + close.repeat(depth);
  }

  @Test
  void b_ex_02_deep_sources_are_refused() {
    for (String source :
        List.of(
            nested("(", "1", ")", 4000), nested("[", "1", "]", 33), nested("a[", "1", "]", 2000))) {
      assertThat(failure(Language.JSONATA, source, Map.of()).code())
          .isEqualTo("FF-TRANSFORM-LIMIT");
    }
    assertThat(failure(Language.JMESPATH, nested("[", "a", "]", 4000), Map.of()).code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
    assertThat(failure(Language.JSONPATH, "$" + nested("[?(@.a", "", ")]", 1000), Map.of()).code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
    assertThat(failure(Language.JSONATA, "1" + " ".repeat(8192), Map.of()).code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void b_ex_02_long_chains_end_in_a_value_or_a_failure_of_ours(Language language) {
    for (String piece :
        List.of(".a", "!", "-", "+1", "|a", "[0]", "..a", ".a[?(@", "/\"/(", "^(a)")) {
      String source =
          (language == Language.JSONPATH ? "$" : "a") + piece.repeat(8000 / piece.length());
      Throwable thrown =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> run(language, source, Map.of("a", 1)));
      if (thrown != null) {
        assertThat(thrown).as(language + " " + piece).isInstanceOf(ActionException.class);
        assertThat(((ActionException) thrown).code()).startsWith("FF-TRANSFORM-");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($n) { $f($n + 1) }; $f(0))",
        "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
        "($f := function() { $g() }; $g := function() { $f() }; $f())",
        "(function($x) { $x($x) })(function($x) { $x($x) })",
        "($f := function($l) { $map($l, function($x) { $f($l) }) }; $f([1, 2]))",
      })
  void b_ex_03_recursion_without_end_is_stopped(String source) {
    assertThat(failure(Language.JSONATA, source, Map.of()).code()).isEqualTo("FF-TRANSFORM-LIMIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$pad('x', 300000000)",
        "$pad('x', -1e300)",
        "[1..10000000]",
        "$join([1..9000000].('xxxx'))",
        "($r := function($s, $n) { $n = 0 ? $s : $r($s & $s, $n - 1) }; $r('x', 60))",
        "($r := function($s, $n) { $n = 0 ? $s : $r([$s, $s], $n - 1) }; $string($r('x', 60)))",
        "($r := function($s, $n) { $n = 0 ? $s : $r([[$s, $s]], $n - 1) } ; $r('x', 60) & '')",
        "$replace($pad('', 100000, 'x'), 'x', $pad('', 100000, 'y'))",
        "$join($map([1..1000], function($i) { 'x' }), $pad('', 1000000, 'y'))",
        "[1..5000].[1..5000]",
        "$reduce([1..100], function($a, $b) { $append($a, $a) }, [1, 2])",
        "$formatInteger(1e15, 'I')",
        "$formatNumber(1, $pad('', 1000000, '#'))",
        "[1..2000000]",
        "$pad('x', 2000000)",
      })
  void b_ex_04_values_that_grow_without_end_are_stopped(String source) {
    assertThat(failure(Language.JSONATA, source, Map.of()).code()).isEqualTo("FF-TRANSFORM-LIMIT");
  }

  @Test
  void b_ex_04_jmespath_and_jsonpath_cannot_grow_without_end_either() {
    String twice = "[@, @]" + " | [@, @]".repeat(60);
    assertThat(failure(Language.JMESPATH, twice, "x").code()).isEqualTo("FF-TRANSFORM-LIMIT");
    assertThat(failure(Language.JMESPATH, "to_string(" + twice + ")", "x").code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
    String many = "[" + "@,".repeat(999) + "@][]";
    String flat = many + (" | " + many).repeat(3);
    assertThat(failure(Language.JMESPATH, flat.substring(0, 8000), List.of("x")).code())
        .isIn("FF-TRANSFORM-LIMIT", "FF-TRANSFORM-SYNTAX");
    assertThat(failure(Language.JMESPATH, many + " | " + many, List.of("x".repeat(100))).code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
    Map<String, Object> data =
        Map.of("s", "x".repeat(1 << 16), "l", Collections.nCopies(10_000, "y"));
    assertThat(failure(Language.JMESPATH, "join(s, l)", data).code())
        .isEqualTo("FF-TRANSFORM-LIMIT");
    String concat = "$.concat(" + "$.s,".repeat(1500) + "$.s)";
    assertThat(failure(Language.JSONPATH, concat, data).code()).isEqualTo("FF-TRANSFORM-LIMIT");
  }

  @Test
  void b_ex_05_numbers_beyond_all_bounds_are_refused() {
    assertThat(failure(Language.JSONATA, "$power(10, 1000)", Map.of()).code())
        .isEqualTo("FF-TRANSFORM-FAILED");
    assertThat(failure(Language.JSONATA, "1e308 * 10", Map.of()).code())
        .isEqualTo("FF-TRANSFORM-FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$match(s, /(a+)+$/)",
        "$contains(s, /(.*a){25}$/)",
        "$split(s, /(a|a)*$/)",
        "$replace(s, /(x|y)*/, '')",
        "/(a+)+$/(s)",
        "s ~> /([a-zA-Z]+)*$/",
        "$map([s], /(a+)+$/)",
        "($r := /(a+)+$/; $r(s))",
        "function($p) { $p(s) }(/(a+)+$/)",
        "$filter([s], /(a+)+$/)",
      })
  void b_ex_06_regular_expressions_are_refused(String source) {
    Map<String, Object> data = Map.of("s", "a".repeat(100_000) + "!");
    ActionException failure = failure(Language.JSONATA, source, data);
    assertThat(failure.code()).isEqualTo("FF-TRANSFORM-SYNTAX");
    assertThat(failure.getMessage()).contains("regular expressions");
  }

  @Test
  void b_ex_06_jsonpath_has_no_patterns_either() {
    String source = "$[?(@.s =~ /(a+)+$/)]";
    assertThat(failure(Language.JSONPATH, source, List.of(Map.of("s", "aaa"))).code())
        .isEqualTo("FF-TRANSFORM-SYNTAX");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$toMillis('2020', '[Y,*-99999999]')",
        "$fromMillis(1, '[Y,99999999]')",
        "$now('[Y]')",
        "$eval('1+1')",
        "$eval($pad('', 9000, '('))",
        "$millis()",
        "$random()",
        "$parseInteger('1', 'w')",
      })
  void b_ex_07_pictures_of_dates_and_eval_are_refused(String source) {
    assertThat(failure(Language.JSONATA, source, Map.of()).code())
        .isIn("FF-TRANSFORM-SYNTAX", "FF-TRANSFORM-FAILED");
  }

  @Test
  void the_watch_over_an_evaluation_cannot_be_taken_off() {
    String source = "($__evaluate_exit := null; $__evaluate_entry := null; [1..9999999])";
    assertThat(failure(Language.JSONATA, source, Map.of()).code()).isEqualTo("FF-TRANSFORM-SYNTAX");
  }

  @ParameterizedTest
  @CsvSource({
    "JSONATA, a.getClass()",
    "JSONATA, a.class",
    "JSONATA, a.`constructor`",
    "JMESPATH, a.class",
    "JMESPATH, \"a.\"\"getClass\"\"\"",
    "JSONPATH, $.a.class",
    "JSONPATH, $.a['hashCode']",
    "JSONATA, $$.a.hashCode"
  })
  void b_ex_08_java_cannot_be_reached(Language language, String source) {
    try {
      assertThat(run(language, source, Map.of("a", Map.of("b", "x")))).isNull();
    } catch (Exception e) {
      assertThat(e).isInstanceOf(ActionException.class);
    }
  }

  @Test
  void a_result_that_is_a_function_is_refused() {
    assertThat(failure(Language.JSONATA, "[function($x) { $x }]", Map.of()).code())
        .isEqualTo("FF-TRANSFORM-FAILED");
    assertThat(failure(Language.JSONATA, "$sum", Map.of()).code()).isEqualTo("FF-TRANSFORM-FAILED");
  }

  @Test
  void a_transformation_ends_at_its_time_limit() {
    TransformAction.Config config =
        new TransformAction.Config(
            Map.of("n", Arrays.asList(new Object[50_000])),
            Language.JSONATA,
            "$map([1..900], function($i) { $count(n) + $sum([1..5000]) })",
            Duration.ofMillis(1));
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> action.run(config, TestContext.create()));
    assertThat(failure.code()).isEqualTo("FF-TRANSFORM-LIMIT");
  }

  @Test
  void an_action_serves_many_threads() throws Exception {
    List<Integer> wanted = java.util.stream.IntStream.range(0, 200).boxed().toList();
    List<Object> got =
        wanted.parallelStream()
            .<Object>map(
                i -> {
                  try {
                    return run(Language.JSONATA, "$sum([n, 1, -1])", Map.of("n", i));
                  } catch (Exception e) {
                    return e;
                  }
                })
            .toList();
    assertThat(got).isEqualTo(wanted);
  }
}
