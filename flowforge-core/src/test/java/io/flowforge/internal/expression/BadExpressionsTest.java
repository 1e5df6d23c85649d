package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of bad expressions; each test is named after its row (B-EX). */
final class BadExpressionsTest {

  private final Data data =
      Data.none()
          .inputs(
              "s",
              "abc",
              "zero",
              0,
              "long",
              "a".repeat(200_000),
              "list",
              IntStream.range(0, 500).boxed().toList(),
              "m",
              Map.of("constructor", "data", "class", "data", "__proto__", 1),
              "huge",
              new BigDecimal("1e20000000"),
              "nan",
              Double.NaN)
          .root("last", null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${", "${}", "${ }", "x ${1", "${1 }}${", "${{}", "${${1}}", "${1 ${2}}", "${1 /* c */}",
        "${1 // c}", "${1; 2}", "${1 2}", "${=}", "${a b}", "${'}", "${1 = 2}", "${@}", "${#}"
      })
  void b_ex_01_broken_templates_are_syntax_problems_with_a_position(String template) {
    ExpressionProblem problem = refused(template);
    assertThat(problem.code()).isEqualTo(ExpressionCode.SYNTAX);
    assertThat(problem.line()).isEqualTo(1);
    assertThat(problem.column()).isBetween(1, template.length() + 1);
  }

  @Test
  void b_ex_01_other_template_marks_are_plain_text() {
    assertThat(data.resolve("{{7*7}} }} #{1} %{2} <%= 3 %> T(x)"))
        .isEqualTo("{{7*7}} }} #{1} %{2} <%= 3 %> T(x)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", " ", "a", "1", "a.b "})
  void b_ex_01_a_source_of_1_mib_is_a_syntax_problem(String unit) {
    String source = "1" + unit.repeat(1024 * 1024 / unit.length());
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.SYNTAX);
  }

  @Test
  void b_ex_01_a_source_of_8_kib_is_the_longest() {
    assertThat(data.value("'" + "x".repeat(8190) + "'")).isEqualTo("x".repeat(8190));
    assertThat(codeOf("'" + "x".repeat(8191) + "'")).isEqualTo(ExpressionCode.SYNTAX);
    assertThat(codeOf("1" + " ".repeat(8192))).isEqualTo(ExpressionCode.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{'a':", "!", "-", "size(", "inputs[", "[].map(x,", "1?"})
  void b_ex_02_deep_nesting_is_refused_before_the_stack_feels_it(String opening) {
    assertThat(codeOf(opening.repeat(10_000))).isEqualTo(ExpressionCode.DEPTH);
    assertThat(codeOf(opening.repeat(1_000_000))).isEqualTo(ExpressionCode.DEPTH);
  }

  @Test
  void b_ex_02_a_depth_of_32_is_the_deepest() {
    assertThat(data.value("(".repeat(32) + "1" + ")".repeat(32))).isEqualTo(1);
    assertThat(codeOf("(".repeat(33) + "1" + ")".repeat(33))).isEqualTo(ExpressionCode.DEPTH);
  }

  @Test
  void b_ex_02_long_chains_work_up_to_the_limit_of_the_source() {
    assertThat(data.value("1" + "+1".repeat(4095))).isEqualTo(4096);
    assertThat(data.value("true" + "&&true".repeat(1300))).isEqualTo(true);
    assertThat(data.value("false" + "||false".repeat(1000))).isEqualTo(false);
    assertThat(data.value("inputs" + ".a".repeat(4000))).isNull();
    assertThat(data.value("1" + ".abs()".repeat(1300))).isEqualTo(1);
    assertThat(data.value("false?1:".repeat(1000) + "2")).isEqualTo(2);
    assertThat(data.value("''" + "+'a'".repeat(2000))).isEqualTo("a".repeat(2000));
  }

  @Test
  void b_ex_02_longer_chains_are_refused() {
    assertThat(codeOf("1" + "+1".repeat(100_000))).isEqualTo(ExpressionCode.DEPTH);
    assertThat(codeOf("inputs" + ".a.a.a".repeat(100_000))).isEqualTo(ExpressionCode.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(x => x(x))(x => x(x))",
        "function f() { f() }",
        "let x = 1",
        "def f(): f()",
        "lambda x: x",
        "while (true) {}",
        "for (x in y) x",
        "x -> x"
      })
  void b_ex_03_there_is_no_way_to_write_a_function_or_a_loop(String source) {
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.SYNTAX);
  }

  @Test
  void b_ex_03_macros_end_with_the_step_budget() {
    assertThat(codeOf("size(inputs.list.map(x, inputs.list.map(y, x + y)))"))
        .isEqualTo(ExpressionCode.BUDGET);
    assertThat(codeOf("range(9999).map(a, range(9999).exists(b, a + b < 0))"))
        .isEqualTo(ExpressionCode.BUDGET);
    assertThat(codeOf("inputs.list.all(x, inputs.list.all(y, inputs.long == inputs.long + ''))"))
        .isIn(ExpressionCode.BUDGET, ExpressionCode.OUTPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat('x', 1000000000)",
        "repeat('x', 9223372036854775807)",
        "padStart('x', 300000000)",
        "padEnd('x', 300000000, 'ab')",
        "range(1, 1000000000)",
        "range(-9223372036854775807, 9223372036854775807)",
        "join(inputs.list, inputs.long)",
        "replace(inputs.long, 'a', 'aaaaaaaaaa')",
        "regexReplace('ab'.repeat(10000), 'a', inputs.s.repeat(100))",
        "range(10).map(x, inputs.long + inputs.long)",
        "[inputs.long].map(x, [x, x]).map(x, [x, x]).map(x, [x, x])",
        "inputs.long + inputs.long + inputs.long + inputs.long + inputs.long + inputs.long",
        "'x'.repeat(1000).repeat(1000).repeat(1000)",
        "toJson([inputs.long, inputs.long, inputs.long, inputs.long, inputs.long, inputs.long])",
        "urlEncode('ü'.repeat(400000))",
        "escapeHtml('<'.repeat(400000))"
      })
  void b_ex_04_size_bombs_end_with_the_output_budget(String source) {
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.OUTPUT);
  }

  @Test
  void b_ex_04_doubling_forty_times_is_stopped_whatever_is_shared_in_memory() {
    assertThat(codeOf("[1]" + ".map(x, [x, x])".repeat(40))).isEqualTo(ExpressionCode.OUTPUT);
    assertThat(codeOf("toJson([1]" + ".map(x, [x, x])".repeat(40) + ")"))
        .isIn(ExpressionCode.OUTPUT, ExpressionCode.BUDGET);
    assertThat(codeOf("[1]" + ".map(x, [x])".repeat(400))).isEqualTo(ExpressionCode.OUTPUT);
  }

  @Test
  void b_ex_04_the_text_of_a_template_is_counted_while_it_is_written() {
    assertThat(failure("${inputs.long}".repeat(6)).code()).isEqualTo(ExpressionCode.OUTPUT);
    List<String> many = java.util.Collections.nCopies(1000, "${inputs.long}!");
    assertThat(failure(many).code()).isEqualTo(ExpressionCode.OUTPUT);
  }

  @Test
  void b_ex_04_what_is_only_passed_on_does_not_count() {
    Object large = java.util.Collections.nCopies(100, "a".repeat(100_000));
    Data passing = Data.none().inputs("large", large);
    assertThat(passing.resolve(Map.of("body", "${inputs.large}"))).isEqualTo(Map.of("body", large));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / 0",
        "1 % 0",
        "div(1, 0)",
        "1.5 / 0.0",
        "9223372036854775807 + 1",
        "-9223372036854775808 / -1",
        "-9223372036854775808 - 1",
        "-(-9223372036854775808)",
        "9223372036854775807 * 2",
        "1e308 * 10",
        "1e-308 / 10",
        "inputs.huge + 1",
        "inputs.huge * 0",
        "inputs.nan + 1",
        "inputs.nan < 1",
        "9223372036854775808",
        "99999999999999999999",
        "1e309",
        "1e20000000",
        "1e999999999999",
        "1e300 % 3e-300",
        "number('1e20000000')",
        "abs(-9223372036854775808)",
        "-9223372036854775808.abs()",
        "sum([9223372036854775807, 1])"
      })
  void b_ex_05_numbers_out_of_range_are_named_errors(String source) {
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.NUMBER);
  }

  @Test
  void b_ex_05_huge_numbers_in_data_compare_and_pass_without_being_written_out() {
    assertThat(data.value("inputs.huge > 1 && inputs.huge == inputs.huge")).isEqualTo(true);
    assertThat(data.resolve("${inputs.huge} ")).isEqualTo("1e+20000000 ");
    assertThat(data.value("[inputs.huge, 1].distinct().size()")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(.*a){25}$",
        "(a|a)*$",
        "([a-zA-Z]+)*$",
        "(x|y)*$",
        "(a|aa)+$",
        "a*a*a*a*a*b"
      })
  void b_ex_06_patterns_that_explode_elsewhere_end_in_linear_time(String pattern) {
    Data text = Data.none().inputs("text", "a".repeat(100_000) + "!", "pattern", pattern);
    assertThat(text.value("matches(inputs.text, inputs.pattern) in [true, false]")).isEqualTo(true);
    assertThat(text.value("matches('aaa!', '" + pattern + "') in [true, false]")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a)\\1",
        "(?=a)",
        "(?<=a)b",
        "(?>a)",
        "a{1001}",
        "((a{100}){100}){100}",
        "(((a{1000}){1000}){1000}){1000}",
        "(",
        "[a",
        "*",
        "\\p{Nope}"
      })
  void b_ex_06_patterns_outside_re2_are_refused_when_compiled_and_when_run(String pattern) {
    String literal = "r'" + pattern + "'";
    assertThat(codeOf("matches(inputs.s, " + literal + ")")).isEqualTo(ExpressionCode.REGEX);
    Data dynamic = Data.none().inputs("p", pattern);
    ExpressionException failure =
        catchThrowableOfType(
            ExpressionException.class, () -> dynamic.value("matches('a', inputs.p)"));
    assertThat(failure.code()).isEqualTo(ExpressionCode.REGEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "formatDate('2026-01-31', 'yyyy'.repeat(300))",
        "formatDate('2026-01-31', '" + "S" + "'.repeat(60))",
        "formatDate('2026-01-31', 'GGGGGYYYYwwe')",
        "formatDate('2026-01-31', '[[[')",
        "formatDate('2026-01-31', '')",
        "formatDate('2026-01-31', \"'\")",
        "parseDate('1', 'pppppd')",
        "parseDate('31.02.2026', 'dd.MM.yyyy')",
        "date('+1000000000-01-01T00:00:00Z')",
        "date(9223372036854775807)",
        "plus('2026-01-31', 'P999999999Y')",
        "plus('9999-12-31', '1d')",
        "minus('0001-01-01T00:00:00Z', 'PT1H')",
        "plus('2026-01-31', 'P99999999999Y')",
        "plus('2026-01-31', 'often')",
        "toZone('2026-01-31', 'Mars/Phobos')",
        "toZone('2026-01-31', 'GMT+25')",
        "date('2026-02-30')",
        "diff('2026-01-01', '2026-02-01', 'eons')"
      })
  void b_ex_07_date_bombs_are_values_that_a_function_refuses(String source) {
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inputs.s.class", "inputs.s.constructor", "inputs.s['const' + 'ructor']", "inputs.s.length",
        "inputs.zero.class.forName", "inputs.list.class", "inputs.list.size", "inputs.m.getClass",
        "inputs.m.entrySet", "inputs.s['getClass']", "inputs.list['length']", "true.class"
      })
  void b_ex_08_members_of_java_objects_do_not_exist(String source) {
    assertThat(data.value(source)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inputs.s.getClass()", "forName('x')", "inputs.getClass().forName('java.lang.Runtime')",
        "T(java.lang.Runtime)", "eval('1')", "inputs.s.wait()"
      })
  void b_ex_08_methods_of_java_objects_are_unknown_functions(String source) {
    assertThat(refused("${" + source + "}").code()).isEqualTo(ExpressionCode.FUNCTION);
  }

  @Test
  void b_ex_08_keys_with_such_names_are_plain_data() {
    assertThat(data.value("[inputs.m.constructor, inputs.m['class'], inputs.m.__proto__]"))
        .isEqualTo(List.of("data", "data", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inputs.__proto__",
        "last.length",
        "inputs.list[-1]",
        "inputs.list[2147483648]",
        "inputs.list[1e3]",
        "inputs.list[99999999999]",
        "inputs.list['01']",
        "inputs.list[0.5]",
        "inputs.list[[1]]",
        "inputs.list[null]",
        "inputs.m[0]",
        "inputs.m[null]",
        "last[0].a['b']"
      })
  void b_ex_09_paths_that_lead_nowhere_are_null(String source) {
    assertThat(data.value(source)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env.PATH", "process", "system.exit", "credentials.x.password.text", "secrets.a"})
  void b_ex_10_the_environment_and_secrets_are_out_of_reach(String source) {
    Data vault = Data.none().vault("credentials", Data.map("x", Map.of("password", "p")));
    ExpressionException refusal =
        catchThrowableOfType(ExpressionException.class, () -> Expressions.compile(source, vault));
    assertThat(refusal.code()).isEqualTo(ExpressionCode.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inputs.m < 1",
        "'10' < 9",
        "null < 1",
        "true < false",
        "[1] < [2]",
        "sort([1, 'a'])",
        "sort([true])",
        "null + 1",
        "1 + 'a'",
        "'a' * 2",
        "-'a'",
        "-null",
        "!1",
        "!null",
        "1 && true",
        "null ? 1 : 2",
        "1 in 2",
        "'a' in 'abc'",
        "max(1, 'a')",
        "sum(['a'])",
        "upper(1)",
        "size(1)",
        "size(null)",
        "[1].map(x, x).keys()",
        "{1: 2}",
        "null.map(x, x)",
        "1.filter(x, x)",
        "[1].filter(x, x)",
        "[1].all(x, null)"
      })
  void b_ex_11_confused_types_are_one_documented_error(String source) {
    assertThat(codeOf(source)).isEqualTo(ExpressionCode.TYPE);
  }

  @Test
  void b_ex_11_equality_and_membership_never_fail_on_types() {
    assertThat(data.value("1 == '1' || null == 0 || [] == {} || true == 1 || '' == null"))
        .isEqualTo(false);
    assertThat(data.value("1 in ['1', null, [1], {'a': 1}]")).isEqualTo(false);
  }

  @Test
  void b_ex_12_a_json_body_is_a_tree_and_cannot_be_broken_by_a_value() {
    String sly = "\"},\n</script>😀\u0000";
    Data text = Data.none().inputs("x", sly);
    assertThat(text.resolve(Map.of("body", Map.of("v", "${inputs.x}"))))
        .isEqualTo(Map.of("body", Map.of("v", sly)));
    assertThat(text.value("fromJson(toJson({'v': inputs.x})).v")).isEqualTo(sly);
    assertThat(text.value("urlDecode(urlEncode(inputs.x))")).isEqualTo(sly);
    assertThat(text.value("escapeHtml('<a href=\"x\">')"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;");
  }

  @Test
  void messages_are_short_and_show_values_escaped() {
    Data sly = Data.none().inputs("x", "\u202Eabc\u0007" + "y".repeat(10_000));
    ExpressionException failure =
        catchThrowableOfType(ExpressionException.class, () -> sly.value("inputs.x + 1"));
    assertThat(failure.getMessage())
        .hasSizeLessThan(512)
        .contains("\\u202eabc\\u0007yyy", "at line 1, column 10")
        .doesNotContain("\u202E");
  }

  private ExpressionCode codeOf(String source) {
    return catchThrowableOfType(ExpressionException.class, () -> data.value(source)).code();
  }

  private ExpressionProblem refused(Object template) {
    return catchThrowableOfType(
            ExpressionException.class, () -> Expressions.compileTemplate(template, data))
        .problems()
        .get(0);
  }

  private ExpressionException failure(Object template) {
    Template compiled = Expressions.compileTemplate(template, data);
    return catchThrowableOfType(ExpressionException.class, () -> compiled.resolve(data));
  }
}
