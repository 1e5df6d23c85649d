package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.StartOptions;
import io.flowforge.durable.FlakyStore.CacheFault;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Output;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that engines of one store take from each other. */
class SharedCacheTest {
  private static final Duration REAL = Duration.ofSeconds(20);
  private static final Flow FLOW = flow("config: {q: '${inputs.q}'}, cache: {ttl: 60s}");
  private static final Flow KEYED =
      flow("config: {key: '${credentials.crm}'}, cache: {key: '${inputs.q}', ttl: 60s}");
  private static final Flow SECRET =
      flow("config: {key: '${credentials.crm}', q: '${inputs.q}'}, cache: {ttl: 60s}");

  private final ManualTime time = ManualTime.create();
  private final MemoryStore store = new MemoryStore(time::epochMicros);

  /** The engines whose action ran. */
  private final List<String> ran = new ArrayList<>();

  private final List<FlowForge> engines = new ArrayList<>();
  private @Nullable Object answer = "done";
  private FlakyStore ofTwo;
  private FlowForge one;
  private FlowForge two;

  /** What the action is told. */
  record CostlyConfig(
      @Doc("What it depends on.") @Nullable Object q, @Doc("A secret.") @Nullable Secret key) {}

  /** Gives what the test says. */
  private final class Costly implements Action<CostlyConfig> {
    private final String engine;

    Costly(String engine) {
      this.engine = engine;
    }

    @Override
    public ActionDescriptor<CostlyConfig> descriptor() {
      return ActionDescriptor.of("costly", CostlyConfig.class)
          .title("Costly")
          .ports("main", "left")
          .nonBlocking();
    }

    @Override
    public @Nullable Object run(CostlyConfig config, ActionContext context) {
      ran.add(engine);
      return answer;
    }
  }

  private static Flow flow(String node) {
    return Flow.parse(
        """
        id: f
        inputs: {q: {default: 1}}
        nodes: {a: {type: costly, %s}, l: {type: echo, config: {value: '${a.output}'}}}
        edges: [{from: a, to: l, port: left}]
        outputs: {v: '${a.output}'}
        """
            .formatted(node));
  }

  @BeforeEach
  void open() {
    one = engine("one", new FlakyStore(store.handle(), () -> {}, () -> false), same -> same);
    ofTwo = new FlakyStore(store.handle(), () -> {}, () -> false);
    two = engine("two", ofTwo, same -> same);
  }

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ZERO));
  }

  private FlowForge engine(String name, FlakyStore store, UnaryOperator<FlowForgeBuilder> options) {
    FlowForge engine =
        options
            .apply(
                FlowForge.builder()
                    .discoverPlugins(false)
                    .time(time)
                    .executor(time.executor())
                    .store(store)
                    .requireDurability(Durability.NONE)
                    .credential("crm", Secret.of("s3cret \"word\""))
                    .action(new Costly(name)))
            .build();
    engines.add(engine);
    return engine;
  }

  private Execution start(FlowForge engine, Flow flow, String tenant) {
    return engine.start(flow, Map.of("q", 7), StartOptions.DEFAULT.withTenant(tenant));
  }

  private ExecutionResult run(FlowForge engine, Flow flow) {
    return start(engine, flow, "").await(REAL);
  }

  private static Object fact(FlowForge engine, String name) {
    return engine.health().facts().get("sharedCache" + name);
  }

  @Test
  void what_one_engine_has_found_another_does_not_look_for() {
    answer = Map.of("total", 12.5, "lines", List.of(1, "two", true), "text", "ä\u2028");
    run(one, FLOW);
    ExecutionResult result = run(two, FLOW);
    assertThat(result.outputs()).isEqualTo(Map.of("v", answer));
    assertThat(result.snapshot().node("a").orElseThrow().reason()).isEqualTo("from the cache");
    assertThat(ran).containsExactly("one");
    assertThat(fact(two, "Hits")).isEqualTo(1L);
    assertThat(fact(one, "Misses")).isEqualTo(1L);
    run(two, FLOW);
    assertThat(fact(two, "Hits")).as("the second time it is in memory").isEqualTo(1L);
  }

  @Test
  void a_result_that_came_from_elsewhere_ends_with_its_first_time() {
    run(one, FLOW);
    time.advance(Duration.ofSeconds(40));
    run(two, FLOW);
    time.advance(Duration.ofSeconds(19));
    run(two, FLOW);
    assertThat(ran).containsExactly("one");
    time.advance(Duration.ofSeconds(2));
    run(two, FLOW);
    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void a_result_leaves_through_the_port_it_had() {
    answer = Output.on("left", "turn");
    run(one, FLOW);
    ExecutionResult result = run(two, FLOW);
    assertThat(result.snapshot().node("l").orElseThrow().status().isFinal()).isTrue();
    assertThat(result.snapshot().node("l").orElseThrow().output())
        .isEqualTo(Map.of("value", "turn"));
    assertThat(ran).containsExactly("one");
  }

  @Test
  void tenants_and_other_values_are_kept_apart() {
    start(one, FLOW, "acme").await(REAL);
    start(two, FLOW, "other").await(REAL);
    run(two, FLOW);
    two.start(FLOW, Map.of("q", 8), StartOptions.DEFAULT.withTenant("acme")).await(REAL);
    assertThat(ran).containsExactly("one", "two", "two", "two");
    start(two, FLOW, "acme").await(REAL);
    assertThat(ran).hasSize(4);
  }

  @Test
  void what_is_too_large_or_holds_a_blob_stays_in_its_engine() {
    for (Object mine :
        List.of(
            "x".repeat(300_000),
            "\u0001".repeat(100_000),
            List.of(Map.of("$blob", "a".repeat(64), "contentType", "text/plain", "size", 5)))) {
      answer = mine;
      ran.clear();
      run(one, FLOW);
      run(one, FLOW);
      assertThat(run(two, FLOW).outputs()).isEqualTo(Map.of("v", mine));
      assertThat(ran).containsExactly("one", "two");
      time.advance(Duration.ofSeconds(61));
    }
    assertThat(fact(one, "LeftOut")).isEqualTo(3L);
  }

  @Test
  void the_text_of_a_credential_is_never_written() {
    answer = Map.of("echo", List.of("token s3cret \"word\""));
    run(one, KEYED);
    run(two, KEYED);
    assertThat(ran).containsExactly("one", "two");
    assertThat(fact(one, "LeftOut")).isEqualTo(1L);
    time.advance(Duration.ofSeconds(61));
    answer = "harmless";
    run(one, KEYED);
    run(two, KEYED);
    assertThat(ran).containsExactly("one", "two", "one");
  }

  @Test
  void a_config_with_a_secret_is_shared_under_a_key_of_its_own_alone() {
    run(one, SECRET);
    run(one, SECRET);
    run(two, SECRET);
    assertThat(ran).containsExactly("one", "two");
    assertThat(fact(two, "Misses")).isEqualTo(0L);
  }

  @Test
  void an_engine_that_does_not_share_neither_asks_nor_tells() {
    FlowForge alone =
        engine(
            "alone",
            new FlakyStore(store.handle(), () -> {}, () -> false),
            builder -> builder.sharedCache(false));
    run(alone, FLOW);
    run(one, FLOW);
    run(alone, FLOW);
    assertThat(ran).containsExactly("alone", "one");
    assertThat(alone.health().facts()).doesNotContainKey("sharedCacheHits");
  }

  @Test
  void a_cache_that_fails_is_one_that_has_nothing() {
    run(one, FLOW);
    ofTwo.faultCache(CacheFault.FAILS);
    assertThat(run(two, FLOW).status()).isEqualTo(ExecutionStatus.COMPLETED);
    time.advance(Duration.ofSeconds(61));
    ofTwo.faultCache(CacheFault.THROWS);
    assertThat(run(two, FLOW).status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(ran).containsExactly("one", "two", "two");
    assertThat(fact(two, "Failures")).as("asked and told, twice").isEqualTo(4L);
    assertThat(two.health().complaints()).isEmpty();
  }

  @Test
  void a_cache_that_does_not_answer_is_waited_for_until_the_deadline() {
    run(one, FLOW);
    ofTwo.faultCache(CacheFault.SILENT);
    Execution execution = start(two, FLOW, "");
    time.advance(Duration.ofMillis(249));
    assertThat(execution.snapshot().node("a").orElseThrow().reason())
        .isEqualTo("waits for the shared cache");
    assertThat(ran).containsExactly("one");
    time.advance(Duration.ofMillis(1));
    assertThat(execution.await(REAL).status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(ran).containsExactly("one", "two");
    assertThat(fact(two, "Failures")).isEqualTo(1L);
  }

  @Test
  void an_answer_within_the_deadline_ends_the_waiting() {
    run(one, FLOW);
    ofTwo.faultCache(CacheFault.LATER);
    Execution execution = start(two, FLOW, "");
    time.advance(Duration.ofMillis(100));
    assertThat(execution.status().isFinal()).isFalse();
    ofTwo.answerLater();
    assertThat(execution.await(REAL).outputs()).isEqualTo(Map.of("v", "done"));
    assertThat(ran).containsExactly("one");
    assertThat(fact(two, "Hits")).isEqualTo(1L);
  }

  @Test
  void an_execution_may_be_cancelled_while_it_waits_for_the_cache() {
    ofTwo.faultCache(CacheFault.SILENT);
    Execution execution = start(two, FLOW, "");
    execution.cancel("enough");
    assertThat(execution.await(REAL).status()).isEqualTo(ExecutionStatus.CANCELLED);
    time.advance(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
  }
}
