package io.flowforge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that share their work through one server. */
final class RedisEngineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Flow WAITS =
      Flow.parse(
          """
          {"id": "waits", "nodes": [
            {"id": "e", "type": "wait-for-event", "config": {"event": "paid", "correlation": "o7"}}],
           "outputs": {"paid": "${e.output}"}}
          """);

  @TempDir Path folder;
  private LocalRedis server;
  private final String id = UUID.randomUUID().toString();

  @BeforeEach
  void start() {
    server = new LocalRedis(folder, "--appendonly yes --appendfsync always");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_event_from_another_engine_ends_an_execution() {
    try (FlowForge first = engine();
        FlowForge second = engine()) {
      start(first);
      second.publish("paid", "o7", 42);
      awaitOutput(first, 42);
    }
  }

  @Test
  void an_engine_goes_on_with_what_another_has_begun() {
    try (FlowForge first = engine()) {
      start(first);
    }
    try (FlowForge second = engine()) {
      second.publish("paid", "o7", "later");
      awaitOutput(second, "later");
    }
  }

  @Test
  void an_engine_goes_on_when_its_server_was_killed_and_comes_back() {
    try (FlowForge engine = engine()) {
      start(engine);
      server.kill();
      server.start();
      Samples.again(
          () -> {
            engine.publish("paid", "o7", true);
            return CompletableFuture.completedFuture(true);
          });
      awaitOutput(engine, true);
    }
  }

  private FlowForge engine() {
    FlowForge engine =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(RedisStore.connect(server.uri()))
            .lease(Duration.ofSeconds(10))
            .build();
    engine.register(WAITS);
    return engine;
  }

  private void start(FlowForge engine) {
    assertThat(engine.start(WAITS, Map.of(), StartOptions.DEFAULT.withExecutionId(id)).created())
        .isTrue();
  }

  private void awaitOutput(FlowForge engine, Object expected) {
    Eventually.holds(
        PATIENCE,
        () ->
            Samples.again(
                    () ->
                        CompletableFuture.completedFuture(
                            engine.execution(id).orElseThrow().status()))
                == ExecutionStatus.COMPLETED);
    assertThat(engine.execution(id).orElseThrow().snapshot().outputs())
        .isEqualTo(Map.of("paid", expected));
  }
}
