package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Lines that nodes log are kept with their execution. */
class KeptLogsTest {
  private static final Flow SPEAKS =
      Flow.parse(
          """
          {"id": "speaks", "nodes": [
            {"id": "a", "type": "log", "config": {"message": "began", "level": "warn"}},
            {"id": "each", "type": "loop", "config": {"items": [1, 2], "body": {
              "nodes": [{"id": "l", "type": "log", "config": {"message": "item ${item}"}}]}}},
            {"id": "quiet", "type": "log", "config": {"message": "details", "level": "debug"}},
            {"id": "w", "type": "wait", "config": {"duration": "1m"}},
            {"id": "z", "type": "log", "config": {"message": "ended"}}],
           "edges": [{"from": "a", "to": "each"}, {"from": "each", "to": "quiet"}, {"from": "quiet", "to": "w"},
             {"from": "w", "to": "z"}]}
          """);

  private final ManualTime time = ManualTime.create();
  private final MemoryStore store = new MemoryStore(time::epochMicros);
  private final AtomicReference<Logger> kept = new AtomicReference<>();
  private int engines;
  private FlowForge forge = engine(LogLevel.INFO);

  private FlowForge engine(LogLevel least) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .time(new OpenTime(time))
        .executor(time.executor())
        .store(store.handle())
        .requireDurability(Durability.NONE)
        .keepLogs(least)
        .credential("crm", Secret.of("s3cret-word"))
        .action(new Talks(kept))
        .seed(++engines)
        .build();
  }

  /** Time that goes on when an engine is closed. */
  private record OpenTime(TimeSource world) implements TimeSource {
    @Override
    public long epochMicros() {
      return world.epochMicros();
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      return world.schedule(dueMicros, task);
    }

    @Override
    public void close() {
      // It is the next engine's as well.
    }
  }

  @AfterEach
  void close() {
    forge.close(Duration.ZERO);
  }

  /** Logs what it is told to. */
  private record Talks(AtomicReference<Logger> kept) implements Action<Talks.Config> {
    record Config(String message, int times) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("talks", Config.class)
          .title("Talks")
          .description("Logs a message many times.")
          .nonBlocking();
    }

    @Override
    public Object run(Config config, ActionContext context) {
      for (int i = 1; i <= config.times; i++) {
        context.log().info("{} {}", config.message, i);
      }
      kept.set(context.log());
      return Map.of();
    }
  }

  private void start(Flow flow) {
    forge.start(flow, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    time.advance(Duration.ofSeconds(2));
  }

  private List<LogLine> logs(LogQuery query) {
    return forge.operations().logs("x", query);
  }

  private static Flow talks(String message, int times) {
    return Flow.builder("talks")
        .node("t", "talks", node -> node.config("message", message).config("times", times))
        .build();
  }

  @Test
  void lines_have_level_address_and_attempt_and_outlive_the_engine() {
    start(SPEAKS);
    forge.close(Duration.ZERO);
    forge = engine(LogLevel.INFO);
    for (int second = 0; second < 90; second++) {
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(logs(LogQuery.ALL))
        .extracting(LogLine::number, LogLine::level, LogLine::node, LogLine::message)
        .containsExactly(
            tuple(1L, LogLevel.WARN, "a", "began"),
            tuple(2L, LogLevel.INFO, "each[0]/l", "item 1"),
            tuple(3L, LogLevel.INFO, "each[1]/l", "item 2"),
            tuple(4L, LogLevel.INFO, "z", "ended"));
    assertThat(logs(LogQuery.ALL)).allMatch(line -> line.attempt() == 1 && !line.cut());
  }

  @Test
  void lines_are_asked_for_by_node_level_and_page() {
    start(SPEAKS);
    assertThat(logs(LogQuery.ALL.withNode("l"))).hasSize(2);
    assertThat(logs(LogQuery.ALL.withNode("each[1]/l")))
        .extracting(LogLine::message)
        .containsExactly("item 2");
    assertThat(logs(LogQuery.ALL.withMinLevel(LogLevel.WARN))).hasSize(1);
    List<LogLine> first = logs(LogQuery.ALL.withLimit(2));
    assertThat(logs(LogQuery.ALL.after(first.get(1))))
        .extracting(LogLine::number)
        .containsExactly(3L);
    assertThatThrownBy(() -> forge.operations().logs("none", LogQuery.ALL))
        .extracting("code")
        .isEqualTo("FF-EXECUTION-UNKNOWN");
  }

  @Test
  void the_level_that_is_kept_is_a_setting() {
    forge.close(Duration.ZERO);
    forge = engine(LogLevel.DEBUG);
    start(SPEAKS);
    assertThat(logs(LogQuery.ALL)).extracting(LogLine::message).contains("details");
    forge.close(Duration.ZERO);
    forge = engine(LogLevel.OFF);
    forge.start(SPEAKS, Map.of(), StartOptions.DEFAULT.withExecutionId("y"));
    time.advance(Duration.ofSeconds(2));
    assertThat(forge.operations().logs("y", LogQuery.ALL)).isEmpty();
  }

  @Test
  void lines_cost_no_page_of_their_own() {
    start(talks("hello", 0));
    Object without = forge.health().facts().get("storePages");
    forge.close(Duration.ZERO);
    forge = engine(LogLevel.INFO);
    forge.start(talks("hello", 50), Map.of(), StartOptions.DEFAULT.withExecutionId("y"));
    time.advance(Duration.ofSeconds(2));
    assertThat(forge.operations().logs("y", LogQuery.ALL)).hasSize(50);
    assertThat(forge.health().facts().get("storePages")).isEqualTo(without);
  }

  @Test
  void a_node_run_that_talks_too_much_is_cut() {
    start(talks("again", 5000));
    List<LogLine> lines = logs(LogQuery.ALL);
    assertThat(lines).hasSize(101);
    assertThat(lines.get(99).message()).isEqualTo("again 100");
    assertThat(lines.get(100).cut()).isTrue();
    assertThat(lines.get(100).message()).contains("100 lines of a node run");
  }

  @Test
  void an_execution_that_talks_too_much_is_cut() {
    start(
        Flow.parse(
            """
            {"id": "many", "nodes": [
              {"id": "each", "type": "loop", "config": {"items": "${range(0, 1200)}", "body": {
                "nodes": [{"id": "l", "type": "log", "config": {"message": "m"}}]}}}]}
            """));
    time.advance(Duration.ofSeconds(60));
    List<LogLine> lines = logs(LogQuery.ALL);
    assertThat(lines).hasSize(1000).noneMatch(LogLine::cut);
    assertThat(logs(LogQuery.ALL.after(lines.get(999))))
        .singleElement()
        .matches(LogLine::cut, "is the mark");
  }

  @Test
  void a_line_is_short_and_tells_no_credential() {
    start(talks("s3cret-word " + "x".repeat(5000), 1));
    String message = logs(LogQuery.ALL).get(0).message();
    assertThat(message).startsWith("*** xxx").endsWith("…").hasSize(2001);
  }

  @Test
  void what_is_logged_after_the_end_is_dropped() {
    start(talks("hello", 1));
    kept.get().info("late");
    time.advance(Duration.ofSeconds(10));
    assertThat(logs(LogQuery.ALL)).extracting(LogLine::message).containsExactly("hello 1");
  }
}
