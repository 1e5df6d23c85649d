package io.flowforge.campaign.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.StartOptions;
import io.flowforge.campaign.server.Await;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Executions that keep engines busy, and what they do to the outside world. */
final class Traffic {
  /** Long enough for a crowded machine, short enough to see it end. */
  static final Duration LEASE = Duration.ofSeconds(3);

  private static final long PATIENCE_MILLIS = 90_000;
  private static final int NODES = 4;

  /** Effects with short waits between them, so that every moment has something under way. */
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "steps", "nodes": [
            {"id": "a", "type": "effect"}, {"id": "w1", "type": "wait", "config": {"duration": "50ms"}},
            {"id": "b", "type": "effect"}, {"id": "w2", "type": "wait", "config": {"duration": "50ms"}},
            {"id": "c", "type": "effect"}, {"id": "w3", "type": "wait", "config": {"duration": "50ms"}},
            {"id": "d", "type": "effect"}],
           "edges": [{"from": "a", "to": "w1"}, {"from": "w1", "to": "b"}, {"from": "b", "to": "w2"},
             {"from": "w2", "to": "c"}, {"from": "c", "to": "w3"}, {"from": "w3", "to": "d"}]}
          """);

  private final List<Effect> effects = new CopyOnWriteArrayList<>();
  private final List<String> wanted = new ArrayList<>();

  /** One effect, by whom. */
  private record Effect(String engine, String execution, String node, String key) {}

  /** An engine that takes part. */
  FlowForge engine(String name, FlowStore store) {
    FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(store)
            .lease(LEASE)
            .scanInterval(Duration.ofMillis(500))
            .startDeadline(Duration.ofSeconds(5))
            .drainTimeout(Duration.ofSeconds(1))
            .action(new Outside(name))
            .build();
    forge.register(FLOW);
    return forge;
  }

  /** Starts so many, each until it is acknowledged. */
  void start(FlowForge forge, int count) {
    for (int number = 0; number < count; number++) {
      String id = "x" + wanted.size();
      wanted.add(id);
      Await.until(PATIENCE_MILLIS, () -> tryStart(forge, id).isEmpty());
    }
  }

  /** Starts one once; gives the code it was refused with. */
  Optional<String> startOnce(FlowForge forge) {
    String id = "x" + wanted.size();
    wanted.add(id);
    return tryStart(forge, id);
  }

  private static Optional<String> tryStart(FlowForge forge, String id) {
    try {
      forge.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId(id));
      return Optional.empty();
    } catch (FlowForgeException refused) {
      return Optional.of(refused.code());
    }
  }

  /** How many effects an engine has had. */
  long effectsOf(String engine) {
    return effects.stream().filter(effect -> effect.engine.equals(engine)).count();
  }

  /** Waits until so many more effects have happened, whoever had them. */
  void awaitEffects(int more) {
    int before = effects.size();
    Await.until(PATIENCE_MILLIS, () -> effects.size() >= before + more);
  }

  /** Starts again what was not acknowledged, and waits until all have ended, as a store knows. */
  void finish(FlowForge forge, FlowStore store) {
    for (String id : wanted) {
      Await.until(PATIENCE_MILLIS, () -> tryStart(forge, id).isEmpty());
    }
    for (String id : wanted) {
      assertThat(Await.holds(PATIENCE_MILLIS, () -> status(store, id) == ExecutionStatus.COMPLETED))
          .as("%s ended; %s, %s", id, get(store.find(id)), forge.health())
          .isTrue();
    }
  }

  private static ExecutionStatus status(FlowStore store, String id) {
    return get(store.find(id)).map(ExecutionRecord::status).orElse(ExecutionStatus.PENDING);
  }

  /** Every node of every execution: at least one effect, one key, one result; one end of all. */
  void judge(FlowStore store) {
    Map<String, Set<String>> keys = new HashMap<>();
    for (Effect effect : effects) {
      keys.computeIfAbsent(effect.execution + " " + effect.node, at -> new HashSet<>())
          .add(effect.key);
    }
    assertThat(keys.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    assertThat(keys).hasSize(NODES * wanted.size());
    for (String id : wanted) {
      StoredExecution stored = get(store.load(List.of(id))).get(0);
      assertThat(stored.head().worker()).as("owner of " + id).isNull();
      List<Object> ends = new ArrayList<>();
      int finals = 0;
      for (String page : stored.pages()) {
        for (Object entry : (List<?>) Objects.requireNonNull(Json.parse(page))) {
          Map<?, ?> one = (Map<?, ?>) entry;
          if (one.get("end") != null) {
            ends.add(one.get("end"));
          }
          finals += one.containsKey("ended") ? 1 : 0;
        }
      }
      assertThat(ends).as("results of " + id).doesNotHaveDuplicates().hasSize(2 * NODES - 1);
      assertThat(finals).as("ends of " + id).isEqualTo(1);
    }
  }

  /** An answer. */
  static <T> T get(CompletionStage<T> stage) {
    CompletableFuture<T> answer = stage.toCompletableFuture();
    return answer.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** What is done outside. */
  private final class Outside implements Action<Outside.Config> {
    private final String engine;

    /** Nothing to set. */
    record Config() {}

    Outside(String engine) {
      this.engine = engine;
    }

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("effect", Config.class)
          .title("Effect")
          .description("Does something to the outside world.")
          .nonBlocking();
    }

    @Override
    public Object run(Config config, ActionContext context) {
      effects.add(
          new Effect(engine, context.executionId(), context.nodeId(), context.idempotencyKey()));
      return 1;
    }
  }
}
