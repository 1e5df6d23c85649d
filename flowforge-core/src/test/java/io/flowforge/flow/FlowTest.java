package io.flowforge.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.InvalidFlowException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlowTest {
  @Test
  void the_builder_gives_the_same_model_as_the_document() {
    Flow built =
        Flow.builder("greeting")
            .input("name", Input.required(Input.Type.STRING))
            .node(
                "hello", "set", node -> node.config("values", Map.of("text", "Hi ${inputs.name}")))
            .node("show", "log", node -> node.config("message", "${hello.output.text}"))
            .edge("hello", "show")
            .build();
    Flow read =
        Flow.parse(
            """
            id: greeting
            inputs:
              name: {type: string, required: true}
            nodes:
              hello: {type: set, config: {values: {text: "Hi ${inputs.name}"}}}
              show: {type: log, config: {message: "${hello.output.text}"}}
            edges:
              - {from: hello, to: show}
            """);
    assertThat(read).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(read.contentHash()).isEqualTo(built.contentHash());
  }

  @Test
  void values_from_java_take_the_form_that_a_document_gives() {
    Node node =
        Node.builder("a", "echo")
            .config("long", 5L)
            .config("float", 0.1f)
            .config("decimal", new BigDecimal("2.50"))
            .config("wait", Duration.ofSeconds(90))
            .config("unit", TimeUnit.DAYS)
            .config("list", new Object[] {}.length == 0 ? List.of((short) 1) : List.of())
            .build();
    assertThat(node.config())
        .isEqualTo(
            Map.of(
                "long",
                5,
                "float",
                0.1,
                "decimal",
                2.5,
                "wait",
                "90s",
                "unit",
                "DAYS",
                "list",
                List.of(1)));
  }

  @Test
  void a_flow_cannot_be_changed_from_outside() {
    Map<String, Object> config = new HashMap<>(Map.of("list", new ArrayList<>(List.of(1))));
    Node node = Node.builder("a", "echo").config(config).build();
    ((List<?>) config.get("list")).clear();
    config.clear();
    assertThat(node.config()).isEqualTo(Map.of("list", List.of(1)));
    assertThatThrownBy(() -> ((List<?>) node.config().get("list")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void values_that_are_not_plain_are_refused() {
    Node.Builder node = Node.builder("a", "echo");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.config("when", Map.of("x", new Object())))
        .withMessageContaining("when must be made of maps, lists, text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.config("n", Double.NaN))
        .withMessageContaining("n must be a finite number, was NaN");
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.config("c", cyclic))
        .withMessageContaining("hold itself");
  }

  @Test
  void a_bad_document_is_refused_with_every_problem() {
    assertThatThrownBy(() -> Flow.parse("{\"id\":\"x\",\"nodes\":[{\"id\":\"-\"},{}],\"zzz\":1}"))
        .isInstanceOfSatisfying(
            InvalidFlowException.class,
            refusal ->
                assertThat(refusal.problems())
                    .extracting(Problem::path)
                    .containsExactly("/nodes/0", "/nodes/0/id", "/nodes/1", "/nodes/1/id", "/zzz"));
  }
}
