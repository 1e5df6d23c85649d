package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.QueueOptions;
import io.flowforge.Shutdown;
import io.flowforge.StartOptions;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.diagram.SvgDiagram;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.OnError;
import io.flowforge.flow.Problem;
import io.flowforge.flow.Retry;
import io.flowforge.picture.Picture;
import io.flowforge.spi.ErrorHandler.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/user-guide.md, run. */
class UserGuideTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_file_is_loaded_and_run() throws IOException {
    Map<String, Object> outputs;
    Path folder = Path.of("flows");
    try (FlowForge forge = FlowForge.create()) {
      Flow flow = Flow.load(folder.resolve("hello.yaml"));
      Execution execution = forge.start(flow, Map.of("name", "Ada"));
      ExecutionResult result = execution.await(Duration.ofSeconds(10));
      outputs = result.orThrow();
    }
    assertThat(outputs).containsEntry("greeting", "Hello, Ada!");
  }

  @Test
  void a_flow_is_made_in_code() {
    Flow flow =
        Flow.builder("check")
            .node("size", "conditional", n -> n.config("condition", "inputs.total > 100"))
            .node("large", "set", n -> n.config("values", Map.of("line", "by hand")))
            .node("small", "set", n -> n.config("values", Map.of("line", "at once")))
            .node(
                "decide",
                "merge",
                n ->
                    n.config("mode", "first")
                        .retry(Retry.fixed(3, Duration.ofSeconds(1)))
                        .onError(OnError.CONTINUE)
                        .fallback(Map.of("line", "later")))
            .edge(Edge.of("size", "large").onPort("true"))
            .edge(Edge.of("size", "small").onPort("false"))
            .edge("large", "decide")
            .edge("small", "decide")
            .output("line", "${decide.output.line}")
            .build();
    try (FlowForge forge = FlowForge.create()) {
      assertThat(forge.validate(flow)).isEmpty();
      assertThat(forge.start(flow, Map.of("total", 7)).await(LONG).orThrow())
          .containsEntry("line", "at once");
    }
  }

  @Test
  void all_problems_are_told() {
    String text = "{\"id\": \"bad\", \"nodes\": [{\"id\": \"a\", \"type\": \"ecko\"}]}";
    try (FlowForge forge = FlowForge.create()) {
      Flow flow = Flow.parse(text);
      for (Problem problem : forge.validate(flow)) {
        assertThat(problem.code()).isEqualTo("FF-DEF-TYPE");
        assertThat(problem.path()).isEqualTo("/nodes/0/type");
        assertThat(problem.message()).contains("echo");
      }
      assertThat(forge.validate(flow)).hasSize(1);
    }
  }

  @Test
  void starts_take_options_and_come_in_lists()
      throws ExecutionException, InterruptedException, TimeoutException {
    Flow flow = Flow.parse("{\"id\": \"twice\", \"nodes\": [{\"id\": \"a\", \"type\": \"echo\"}]}");
    Map<String, Object> inputs = Map.of("n", 1);
    try (FlowForge forge = FlowForge.create()) {
      StartOptions options =
          StartOptions.DEFAULT.withExecutionId("order-7").withAttributes(Map.of("shop", "north"));
      Execution first = forge.start(flow, inputs, options);
      Execution again = forge.start(flow, inputs, options);
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.created()).isFalse();

      QueueOptions perCustomer = QueueOptions.of("customer-7").withLimit(2).withPriority(-1);
      Execution queued = forge.start(flow, inputs, StartOptions.DEFAULT.withQueue(perCustomer));
      assertThat(queued.await(Duration.ofSeconds(30)).status())
          .isEqualTo(ExecutionStatus.COMPLETED);

      List<Map<String, Object>> many = List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3));
      List<ExecutionResult> results =
          forge.startAll(flow, many, 2).toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(results).hasSize(3);
    }
  }

  @Test
  void people_and_events_move_an_execution_on() {
    Flow flow =
        Flow.parse(
            """
            id: holiday
            nodes:
              ask:
                type: user-input
                config: {prompt: "Grant it?", fields: {granted: {type: boolean, required: true}}}
              booked:
                type: wait-for-event
                dependsOn: [ask]
                config: {event: booked, correlation: "${inputs.number}"}
            outputs: {granted: "${ask.output.granted}", hotel: "${booked.output.hotel}"}
            """);
    try (FlowForge forge = FlowForge.create()) {
      Execution execution = forge.start(flow, Map.of("number", "h-1"));
      execution.answer("ask", Map.of("granted", true));
      forge.publish("booked", "h-1", Map.of("hotel", "Bear"));
      Map<String, Object> outputs = execution.await(LONG).orThrow();
      assertThat(outputs).isEqualTo(Map.of("granted", true, "hotel", "Bear"));
    }
  }

  @Test
  void executions_can_be_watched_and_explained(@TempDir Path folder)
      throws IOException, InterruptedException {
    Flow flow = Flow.load(Path.of("flows/hello.yaml"));
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    CountDownLatch over = new CountDownLatch(1);
    try (FlowForge forge = FlowForge.create()) {
      EventStream events =
          forge
              .events()
              .ofFlow("hello")
              .only(EventType.NODE_COMPLETED, EventType.EXECUTION_COMPLETED);
      events.subscribe(
          event -> {
            lines.add(Json.write(event.toValue()));
            if (event.type() == EventType.EXECUTION_COMPLETED) {
              over.countDown();
            }
          });
      Execution execution = forge.start(flow, Map.of());
      ExecutionResult result = execution.await(LONG);
      assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();

      Explanation explanation = execution.explain("shout");
      explanation.story().forEach(lines::add);
      for (Explanation.Source source : explanation.sources()) {
        lines.add(source.pointer() + " comes from " + source.from() + " via " + source.via());
      }

      Picture picture = execution.picture();
      String mermaid = picture.mermaid();
      String dot = Picture.of(flow).dot();
      SvgDiagram.of(result.snapshot()).write(folder.resolve("run.svg"));
      assertThat(List.of(mermaid, dot)).noneMatch(String::isBlank);
    }
    assertThat(lines).contains("/text comes from greet via [greet, shout]");
  }

  @Test
  void an_engine_has_options(@TempDir Path folder) {
    Path root = folder;
    FlowForge forge =
        FlowForge.builder()
            .credential("crm", Secret.of("s3cret").boundTo("crm.example.com"))
            .service(FilePolicy.class, FilePolicy.of(root).readOnly())
            .service(HttpPolicy.class, HttpPolicy.builder().allowHost("crm.corp.example").build())
            .onError("FF-HTTP-*", (error, attempts) -> Decision.fail())
            .concurrencyLimit("http", 20)
            .workers(16)
            .maxPending(10_000)
            .keepEnded(100)
            .nodeTimeout(Duration.ofMinutes(1))
            .build();
    assertThat(forge.health().state()).isEqualTo(Health.State.UP);
    Shutdown left = forge.close(Duration.ofSeconds(10));
    assertThat(left.unfinished()).isEmpty();
  }
}
