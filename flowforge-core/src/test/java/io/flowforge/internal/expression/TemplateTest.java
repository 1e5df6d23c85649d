package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TemplateTest {

  private final Data data =
      Data.none()
          .inputs("n", 1, "s", "x", "m", Map.of("k", 1), "l", Data.map("a", null))
          .node("fetch", Map.of("body", Map.of("total", 12.5)))
          .vault("credentials", Data.map("crm", new Object(), "crm.password", new Object()));

  @Test
  void a_whole_expression_keeps_its_type() {
    assertThat(data.resolve("${inputs.m}")).isEqualTo(Map.of("k", 1));
  }

  @Test
  void a_space_around_an_expression_makes_it_text() {
    assertThat(data.resolve(" ${inputs.n}")).isEqualTo(" 1");
  }

  @Test
  void two_expressions_make_text() {
    assertThat(data.resolve("${inputs.n}${inputs.n}")).isEqualTo("11");
  }

  @Test
  void values_in_text_look_as_in_json() {
    assertThat(data.resolve("${inputs.m}|${inputs.l}|${null}|${6 / 2}|${1 / 4}|${true}"))
        .isEqualTo("{\"k\":1}|{\"a\":null}||3|0.25|true");
  }

  @Test
  void equal_numbers_look_equal_in_text() {
    Data numbers =
        Data.none()
            .inputs(
                "a",
                3.0,
                "b",
                new BigDecimal("1E+3"),
                "c",
                1e21,
                "d",
                new BigDecimal("1e-9"),
                "e",
                new BigInteger("123456789012345678901234567890"),
                "f",
                -0.0,
                "g",
                2.50f);
    assertThat(
            numbers.resolve(
                "${inputs.a} ${inputs.b} ${inputs.c} ${inputs.d} ${inputs.e} ${inputs.f} ${inputs.g}"))
        .isEqualTo("3 1000 1e+21 1e-9 123456789012345678901234567890 0 2.5");
  }

  @Test
  void a_doubled_dollar_is_a_literal() {
    assertThat(data.resolve("$${a} $$${b} $ $$ ${'$' + '{c}'}")).isEqualTo("${a} $${b} $ $$ ${c}");
  }

  @Test
  void data_is_never_evaluated_again() {
    Data sly = Data.none().inputs("x", "${1 + 1} $${x} {{7*7}} #{1} ${jndi:ldap://x}");
    assertThat(sly.resolve("<${inputs.x}>"))
        .isEqualTo("<${1 + 1} $${x} {{7*7}} #{1} ${jndi:ldap://x}>");
  }

  @Test
  void strings_at_any_depth_are_templates_and_keys_are_not() {
    Object config = Map.of("${inputs.k}", List.of(Map.of("y", "v${inputs.n}"), 5, true));
    assertThat(data.resolve(config))
        .isEqualTo(Map.of("${inputs.k}", List.of(Map.of("y", "v1"), 5, true)));
  }

  @Test
  void a_config_without_expressions_is_constant() {
    Template template =
        Expressions.compileTemplate(Map.of("a", List.of(1, "x", "$${y}", "${1 + 1}")), data);
    assertThat(template.isConstant()).isTrue();
    assertThat(template.constantValue()).isEqualTo(Map.of("a", List.of(1, "x", "${y}", 2)));
  }

  @Test
  void a_constant_that_fails_or_is_large_is_left_for_the_run() {
    assertThat(Expressions.compileTemplate("${1 / 0}", data).isConstant()).isFalse();
    assertThat(Expressions.compileTemplate("${'x'.repeat(9000)}", data).isConstant()).isFalse();
    assertThat(Expressions.compileTemplate("${now()}", data).isConstant()).isFalse();
  }

  @Test
  void an_empty_text_and_null_stay_what_they_are() {
    assertThat(data.resolve("")).isEqualTo("");
    assertThat(data.resolve(null)).isNull();
  }

  @Test
  void results_cannot_be_changed() {
    Object resolved = data.resolve(Data.map("a", "${inputs.n}"));
    assertThatThrownBy(() -> ((Map<?, ?>) resolved).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void all_problems_of_a_config_are_told_with_their_pointers() {
    Object config = Data.map("a/b", "${1 +}", "l", List.of("ok", "x ${nope.y} ${fetsh.z}"));
    ExpressionException refusal =
        catchThrowableOfType(
            ExpressionException.class, () -> Expressions.compileTemplate(config, data));
    assertThat(refusal.problems())
        .extracting(ExpressionProblem::pointer)
        .containsExactly("/a~1b", "/l/1", "/l/1");
    assertThat(refusal.problems().get(2).message())
        .isEqualTo("unknown name \"fetsh\" at line 1, column 15. Did you mean \"fetch\"?");
  }

  @Test
  void a_position_counts_lines_of_the_string() {
    ExpressionException refusal =
        catchThrowableOfType(
            ExpressionException.class, () -> Expressions.compileTemplate("one\ntwo ${1 + }", data));
    assertThat(refusal.problems().get(0).line()).isEqualTo(2);
    assertThat(refusal.problems().get(0).column()).isEqualTo(11);
  }

  @Test
  void an_expression_that_is_not_closed_is_refused() {
    assertThatThrownBy(() -> data.resolve("x ${inputs.n"))
        .hasMessage("${ is not closed, } is missing at line 1, column 5");
  }

  @Test
  void a_failure_names_the_string_it_is_in() {
    Template template =
        Expressions.compileTemplate(Map.of("a", List.of("${inputs.none + 1}")), data);
    assertThatThrownBy(() -> template.resolve(data))
        .isInstanceOfSatisfying(
            ExpressionException.class, failure -> assertThat(failure.pointer()).isEqualTo("/a/0"));
  }

  @Test
  void references_tell_where_each_value_comes_from() {
    Template template =
        Expressions.compileTemplate(
            Map.of("u", "a ${fetch.output.body['total']} ${inputs.l[0].x}"), data);
    assertThat(template.references())
        .containsExactly(
            new Reference(
                "/u",
                "fetch.output.body['total']",
                Reference.Kind.NODE,
                "fetch",
                0,
                "output.body.total"),
            new Reference("/u", "inputs.l[0].x", Reference.Kind.ROOT, "inputs", 0, "l[0].x"));
  }

  @Test
  void a_node_chosen_while_running_is_a_reference_to_any_node() {
    Expression expression = Expressions.compile("nodes[inputs.s].output", data);
    assertThat(expression.references())
        .extracting(Reference::kind)
        .containsExactly(Reference.Kind.ROOT, Reference.Kind.ANY_NODE);
  }

  @Test
  void a_credential_can_be_passed_on_whole_and_not_looked_into() {
    assertThat(data.resolve("${credentials.crm}")).isNotNull();
    assertThat(data.resolve("${credentials.crm.password}")).isNotNull();
    assertThatThrownBy(() -> data.resolve("${credentials.crm.password.text}"))
        .hasMessageContaining("nothing can look into \"credentials\"");
    assertThatThrownBy(() -> data.resolve("${credentials[inputs.n]}"))
        .hasMessageContaining("nothing can look into \"credentials\"");
    assertThatThrownBy(() -> data.resolve("key ${credentials.crm.password}"))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            failure -> assertThat(failure.code()).isEqualTo(ExpressionCode.FORBIDDEN));
    assertThatThrownBy(() -> data.resolve("${upper(credentials.crm)}"))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            failure -> assertThat(failure.code()).isEqualTo(ExpressionCode.TYPE));
  }

  @Test
  void a_config_nested_too_deep_is_refused_and_not_walked() {
    @Nullable Object config = "${inputs.n}";
    for (int i = 0; i < 100_000; i++) {
      config = new ArrayList<>(List.of(config));
    }
    Object deep = config;
    assertThatThrownBy(() -> data.resolve(deep)).hasMessageContaining("nested at most 128 deep");
  }

  @Test
  void a_condition_is_written_bare_or_in_braces_or_is_a_boolean() {
    assertThat(data.test("inputs.n == 1")).isTrue();
    assertThat(data.test(" ${inputs.n == 1} ")).isTrue();
    assertThat(data.test(false)).isFalse();
  }

  @Test
  void a_condition_that_gives_no_boolean_fails() {
    assertThatThrownBy(() -> data.test("${inputs.n + 1}"))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            failure -> assertThat(failure.code()).isEqualTo(ExpressionCode.CONDITION))
        .hasMessage(
            "the condition \"inputs.n + 1\" has to give a boolean, it gave number 2"
                + " at line 1, column 3");
  }

  @Test
  void a_condition_of_two_expressions_or_with_text_is_refused() {
    assertThatThrownBy(() -> data.test("${inputs.n} > 0"))
        .hasMessageContaining("write all of it inside ${ }");
  }
}
