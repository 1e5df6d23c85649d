package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise P18: the value of a credential shows up nowhere, whatever goes wrong. */
class RedactionTest {
  private static final String CANARY = "canary-4711";

  private final Lab lab = Lab.with(builder -> builder.credential("key", Secret.of(CANARY)));
  private final List<FlowEvent> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lab.close();
  }

  static Stream<Arguments> waysToLeak() {
    return Stream.of(
        way("in a message", context -> throwing("wrong key " + context.credential("key").reveal())),
        way(
            "in a message of another class",
            context -> {
              throw new IllegalStateException(context.credential("key").reveal());
            }),
        way(
            "in details",
            context -> {
              throw ActionException.permanent("X", "x")
                  .withDetails(
                      Map.of("key", List.of(Map.of("k", context.credential("key").reveal()))));
            }),
        way(
            "as a secret in details",
            context -> {
              throw ActionException.permanent("X", "x")
                  .withDetails(Map.of("key", context.credential("key")));
            }),
        way("as a secret in the result", context -> Map.of("key", context.credential("key"))),
        way(
            "in a failed stage",
            context ->
                CompletableFuture.failedFuture(
                    new IllegalStateException(context.credential("key").reveal()))),
        way(
            "as a secret in a stream",
            context -> {
              context.emit(Map.of("k", context.credential("key")));
              return null;
            }));
  }

  private static Arguments way(String name, Script script) {
    return Arguments.of(name, script);
  }

  private static Object throwing(String message) {
    throw ActionException.transientFailure("X", message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToLeak")
  void p18_a_credential_does_not_leak(String name, Script script) {
    lab.forge.events().subscribe(heard::add);
    lab.on("a", script);
    for (String type : List.of("quick", "slow")) {
      for (String more : List.of("", ", onError: continue", ", retry: {}", ", cache: {ttl: 1m}")) {
        ExecutionResult result =
            lab.run("nodes: {a: {type: " + type + more + "}, b: {type: echo, dependsOn: [a]}}");
        assertClean(name, result);
      }
    }
    for (FlowEvent event : heard) {
      assertThat(Json.write(event.toValue())).doesNotContain(CANARY);
    }
  }

  private void assertClean(String name, ExecutionResult result) {
    StringBuilder all = new StringBuilder();
    all.append(result.outputs()).append(result.error()).append(result.snapshot()).append(result);
    for (NodeSnapshot node : result.snapshot().nodes()) {
      all.append(node);
      all.append(
          Json.write(
              lab.forge
                  .execution(result.executionId())
                  .orElseThrow()
                  .explain(node.path())
                  .toValue()));
    }
    all.append(result.snapshot().flow().toJson());
    assertThat(all).as(name).doesNotContain(CANARY);
  }

  @Test
  void p18_a_credential_in_a_config_does_not_become_an_output() {
    ExecutionResult result = lab.run("nodes: {a: {type: echo, config: {k: '${credentials.key}'}}}");
    assertThat(result).hasStatus(ExecutionStatus.FAILED);
    assertClean("echo", result);
  }

  @Test
  void p18_a_credential_cannot_be_part_of_a_text() {
    assertThatThrownBy(
            () -> lab.run("nodes: {a: {type: echo, config: {k: 'Bearer ${credentials.key}'}}}"))
        .isInstanceOf(io.flowforge.InvalidFlowException.class)
        .hasMessageContaining("FF-EXPR-FORBIDDEN")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void p18_a_credential_in_variables_outputs_or_fallbacks_does_not_get_out() {
    assertClean(
        "vars", lab.run("variables: {k: '${credentials.key}'}", "nodes: {a: {type: quick}}"));
    assertClean(
        "outputs", lab.run("nodes: {a: {type: quick}}", "outputs: {k: '${credentials.key}'}"));
    lab.fails("a");
    assertClean(
        "fallback",
        lab.run("nodes: {a: {type: quick, onError: continue, fallback: '${credentials.key}'}}"));
    assertClean(
        "variable",
        lab.run("nodes: {v: {type: variable, config: {name: k, value: '${credentials.key}'}}}"));
    assertClean(
        "loop",
        lab.run(
            "nodes: {l: {type: loop, config: {items: ['${credentials.key}'], body: {nodes: {e: {type: echo}}}}}}"));
    assertClean(
        "switch",
        lab.run(
            "nodes: {s: {type: switch, config: {value: '${credentials.key}', cases: [{equals: x, port: p}]}}}"));
    assertClean(
        "event",
        lab.run(
            "nodes: {e: {type: emit-event, config: {event: go, payload: '${credentials.key}'}}}"));
  }

  @Test
  void an_unknown_credential_names_the_nearest() {
    lab.on("a", context -> context.credential("kee"));
    ExecutionResult result = lab.run("nodes: {a: {type: quick}}");
    assertThat(result).failedWith("FF-CRED-UNKNOWN");
    assertThat(result.error().orElseThrow().message()).contains("key");
  }
}
