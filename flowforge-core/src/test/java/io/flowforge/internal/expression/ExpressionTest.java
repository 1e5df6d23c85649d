package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

  private final Data data =
      Data.none()
          .inputs(
              "n",
              7,
              "i",
              3,
              "f",
              3.0,
              "zero",
              0,
              "big",
              9007199254740993L,
              "l",
              List.of(1, 2, 3),
              "m",
              Data.map("k", null, "v", false),
              "odd key",
              Data.map("x", 4))
          .root("vars", Data.map("x", "y"))
          .root("index", 5)
          .node("start", Data.map("v", 1))
          .node("node-1", Data.map("message", "hi", "v", 10))
          .node("node", Data.map("v", 3))
          .node("a-b-c", Data.map("v", 1))
          .node("1a", Data.map("v", 4))
          .downstream("later");

  static Stream<Arguments> values() {
    return Stream.of(
        row("1 + 2", 3),
        row("1.5 * 2", 3),
        row("0.1 + 0.2", 0.3),
        row("0.1 + 0.2 == 0.3", true),
        row("7 / 2", 3.5),
        row("6 / 2", 3),
        row("1 / 4", 0.25),
        row("div(7, 2)", 3),
        row("div(-7, 2)", -3),
        row("-7 % 3", -1),
        row("7 % -3", 1),
        row("5.5 % 2", 1.5),
        row("-inputs.i * 2", -6),
        row("2 + 3 * 4 - 1", 13),
        row("(2 + 3) * 4", 20),
        row("10 - 2 - 3", 5),
        row("9223372036854775806 + 1", Long.MAX_VALUE),
        row("-9223372036854775808", Long.MIN_VALUE),
        row("inputs.big - 1", 9007199254740992L),
        row("1 == 1.0", true),
        row("inputs.i == inputs.f", true),
        row("1 < 1.5 && 2 >= 2.0", true),
        row("1e3", 1000),
        row(".5 + .5", 1),
        row("!(1 > 2)", true),
        row("true && false", false),
        row("false || true", true),
        row("false && inputs.n + 9223372036854775807 > 0", false),
        row("true || inputs.n + 9223372036854775807 > 0", true),
        row("inputs.n > 5 ? 'big' : 'small'", "big"),
        row("inputs.n < 5 ? 1 : inputs.n < 9 ? 2 : 3", 2),
        row("1 < 2 == true", true),
        row("null", null),
        row("[1, 'a', [true]]", List.of(1, "a", List.of(true))),
        row("{'a': 1, 'b': {'c': null}}", Data.map("a", 1, "b", Data.map("c", null))),
        row("[1, 2,][1]", 2),
        row("'a}b'", "a}b"),
        row("\"it's\"", "it's"),
        row("'a\\n\\'b\\'\\t\\\\'", "a\n'b'\t\\"),
        row("'\\u00fc\\x41\\U0001F600'", "üA😀"),
        row("r'\\d+'", "\\d+"),
        row("'a' + 'b' + 'c'", "abc"),
        row("[1] + [2, 3]", List.of(1, 2, 3)),
        row("inputs['odd key'].x", 4),
        row("[10, 20, 30][1]", 20),
        row("[10, 20, 30][6 / 3]", 30),
        row("{'a': [1, 2]}.a[1]", 2),
        row("inputs.x.y.z", null),
        row("start.output.no[3].way", null),
        row("inputs.l[99]", null),
        row("inputs.l[-1]", null),
        row("inputs.l[1.5]", null),
        row("inputs.l['x']", null),
        row("inputs.l[1].deep", null),
        row("{'a': 1}['b']", null),
        row("inputs.x == null", true),
        row("1 == 'a'", false),
        row("'10' == 10", false),
        row("[1, [2]] == [1.0, [2.0]]", true),
        row("{'x': 1, 'y': 2} == {'y': 2, 'x': 1}", true),
        row("[1, 2] == [2, 1]", false),
        row("{'x': 1} == {'x': 1, 'y': null}", false),
        row("2 in [1, 2.0]", true),
        row("'c' in ['a', 'b']", false),
        row("'k' in inputs.m", true),
        row("'z' in inputs.m", false),
        row("has(inputs.m.k)", false),
        row("has(inputs.m.v)", true),
        row("'a' < 'b' && 'Z' < 'a' && 'abc' < 'abcd'", true),
        row("'\\uffee' < '\\U0001F600'", true),
        row("inputs.l.map(x, x * 2)", List.of(2, 4, 6)),
        row("inputs.l.filter(x, x > 1)", List.of(2, 3)),
        row("inputs.l.all(x, x > 0)", true),
        row("inputs.l.exists(x, x == 2)", true),
        row("inputs.l.exists_one(x, x >= 2)", false),
        row(
            "inputs.l.filter(x, x != 2).map(y, {'v': y})",
            List.of(Data.map("v", 1), Data.map("v", 3))),
        row("[].all(x, false)", true),
        row("[[1], [2, 3]].map(r, r.map(c, c + 1))", List.of(List.of(2), List.of(3, 4))),
        row("[1, 2].map(a, [10, 20].map(b, a * b))", List.of(List.of(10, 20), List.of(20, 40))),
        row("{'a': 1, 'b': 2}.map(k, k)", List.of("a", "b")),
        row("node-1.output.message", "hi"),
        row("nodes['node-1'].output.v", 10),
        row("nodes.start.output.v", 1),
        row("nodes['no' + 'de'].output.v", 3),
        row("nodes['not' + 'here'].output.v", null),
        row("node-1.output.v - 1", 9),
        row("node-1.output.v-1", 9),
        row("a-b-c.output.v", 1),
        row("nodes['node'].output.v - node.output.v", 0),
        row("nodes['1a'].output.v", 4),
        row("index-1", 4),
        row("start.status", "COMPLETED"),
        row("start.attempts", 1),
        row("start.error", null),
        row(
            "start",
            Data.map(
                "output", Data.map("v", 1), "status", "COMPLETED", "error", null, "attempts", 1)),
        row("default(inputs.none, 'd')", "d"),
        row("inputs.l[0].default(1 / 0)", 1),
        row("size('ü中😀')", 3),
        row("inputs.l.size()", 3));
  }

  static Arguments row(String source, @Nullable Object expected) {
    return Arguments.of(source, expected);
  }

  @ParameterizedTest
  @MethodSource("values")
  void gives_the_value(String source, @Nullable Object expected) {
    assertThat(data.value(source)).isEqualTo(expected);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        row("1 / inputs.zero", ExpressionCode.NUMBER),
        row("1 % inputs.zero", ExpressionCode.NUMBER),
        row("inputs.n + 9223372036854775807", ExpressionCode.NUMBER),
        row("inputs.zero < 'a'", ExpressionCode.TYPE),
        row("inputs.none + 1", ExpressionCode.TYPE),
        row("!inputs.none", ExpressionCode.TYPE),
        row("'a' + 1", ExpressionCode.TYPE),
        row("inputs.none.map(x, x)", ExpressionCode.TYPE),
        row("inputs.n && true", ExpressionCode.TYPE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void fails_with_its_code_and_place(String source, ExpressionCode code) {
    assertThatThrownBy(() -> data.value(source))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure).hasMessageContaining("at line 1, column ");
            });
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("1 + ", ExpressionCode.SYNTAX),
        row("", ExpressionCode.SYNTAX),
        row("vars.x = 5", ExpressionCode.SYNTAX),
        row("1; 2", ExpressionCode.SYNTAX),
        row("start.output. == 1", ExpressionCode.SYNTAX),
        row("((1)", ExpressionCode.SYNTAX),
        row("1a", ExpressionCode.SYNTAX),
        row("'x", ExpressionCode.SYNTAX),
        row("1 // comment", ExpressionCode.SYNTAX),
        row("(".repeat(33) + "1" + ")".repeat(33), ExpressionCode.DEPTH),
        row("strat.output", ExpressionCode.REFERENCE),
        row("later.output", ExpressionCode.REFERENCE),
        row("nodes['nix'].output", ExpressionCode.REFERENCE),
        row("nodes", ExpressionCode.REFERENCE),
        row("start.outputs", ExpressionCode.REFERENCE),
        row("system.env", ExpressionCode.FORBIDDEN),
        row("inputs.l.map(vars, 1)", ExpressionCode.NAME),
        row("inputs.l.map(start, 1)", ExpressionCode.NAME),
        row("sise(inputs.l)", ExpressionCode.FUNCTION),
        row("size()", ExpressionCode.FUNCTION),
        row("matches('a', '(')", ExpressionCode.REGEX),
        row("9223372036854775808", ExpressionCode.NUMBER));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void is_refused_when_compiled(String source, ExpressionCode code) {
    assertThatThrownBy(() -> Expressions.compile(source, data))
        .isInstanceOfSatisfying(
            ExpressionException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void proposes_the_nearest_name() {
    assertThatThrownBy(() -> data.value("nod-1.output"))
        .hasMessage("unknown name \"nod-1\" at line 1, column 1. Did you mean \"node-1\"?");
  }

  @Test
  void tells_all_unknown_names_at_once() {
    assertThatThrownBy(() -> data.value("aa.b + bb.c"))
        .isInstanceOfSatisfying(
            ExpressionException.class, refusal -> assertThat(refusal.problems()).hasSize(2));
  }

  @Test
  void a_node_chosen_while_running_is_null_where_it_may_not_be_read() {
    Data parallel = Data.none().inputs("id", "other").node("other", "early").notReached();
    assertThat(parallel.value("nodes[inputs.id].output")).isNull();
    assertThat(data.value("nodes['st' + 'art'].output.v")).isEqualTo(1);
  }
}
