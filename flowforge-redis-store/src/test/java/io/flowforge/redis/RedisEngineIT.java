package io.flowforge.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.ImportOptions;
import io.flowforge.StartOptions;
import io.flowforge.execution.Blob;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  @Test
  void a_server_that_stands_still_for_longer_than_the_lease_costs_the_lease_and_nothing_else() {
    try (FlowForge engine = engine(Duration.ofSeconds(2))) {
      start(engine);
      server.signal("STOP");
      Eventually.holds(PATIENCE, () -> !Long.valueOf(0).equals(fact(engine, "leasesLost")));
      assertThat(engine.health().state()).isEqualTo(Health.State.DOWN);
      server.signal("CONT");
      Samples.again(
          () -> {
            engine.publish("paid", "o7", "at last");
            return CompletableFuture.completedFuture(true);
          });
      awaitOutput(engine, "at last");
      Eventually.holds(PATIENCE, () -> engine.health().state() == Health.State.UP);
    }
  }

  @Test
  void an_emptied_database_is_told_and_nothing_is_made_in_it() {
    try (FlowForge engine = engine(Duration.ofSeconds(2))) {
      start(engine);
      server.ask(commands -> commands.flushall());
      Eventually.holds(
          PATIENCE,
          () ->
              engine.health().state() == Health.State.DOWN
                  && engine.health().complaints().stream()
                      .anyMatch(one -> one.contains("the keys of this store are gone")));
      assertThatThrownBy(() -> engine.start(WAITS, Map.of()))
          .extracting("code")
          .isIn("FF-STORE-LOST", "FF-FENCED", "FF-START-UNKNOWN");
      assertThat(server.<List<String>>ask(commands -> commands.keys("*"))).isEmpty();
    }
  }

  @Test
  void a_server_that_is_set_to_keep_less_is_told_until_it_is_set_back() {
    try (FlowForge engine = engine(Duration.ofSeconds(2))) {
      assertThat(engine.health().state()).isEqualTo(Health.State.UP);
      server.ask(commands -> commands.configSet("appendonly", "no"));
      Eventually.holds(PATIENCE, () -> engine.health().state() == Health.State.DEGRADED);
      assertThat(engine.health().complaints().get(0)).contains("NONE", "PROCESS_CRASH");
      server.ask(commands -> commands.configSet("appendonly", "yes"));
      Eventually.holds(PATIENCE, () -> engine.health().state() == Health.State.UP);
    }
  }

  @Test
  void an_execution_goes_from_one_prefix_to_another_with_what_it_refers_to() throws Exception {
    String large = "large ".repeat(100_000);
    try (FlowForge first = engine();
        FlowForge second =
            engine(RedisStore.builder(server.uri()).prefix("other"), Duration.ofSeconds(10))) {
      start(first);
      first.publish(
          "paid", "o7", first.blobs().write(large.getBytes(UTF_8), "text/plain").toValue());
      Eventually.holds(
          PATIENCE, () -> first.execution(id).orElseThrow().status() == ExecutionStatus.COMPLETED);
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      first.operations().export(id, archive);
      InputStream exported = new ByteArrayInputStream(archive.toByteArray());
      Execution there = second.operations().importExecution(exported, ImportOptions.DEFAULT);
      Blob blob = Blob.of(there.snapshot().outputs().get("paid")).orElseThrow();
      try (InputStream content = second.blobs().open(blob)) {
        assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo(large);
      }
    }
  }

  private static Object fact(FlowForge engine, String name) {
    return engine.health().facts().get(name);
  }

  private FlowForge engine() {
    return engine(Duration.ofSeconds(10));
  }

  private FlowForge engine(Duration lease) {
    return engine(RedisStore.builder(server.uri()), lease);
  }

  private static FlowForge engine(RedisStoreBuilder store, Duration lease) {
    FlowForge engine =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(store.timeout(Duration.ofSeconds(2)).build())
            .lease(lease)
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
