package io.flowforge.redis;

import static io.flowforge.redis.Samples.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.SharedCache;
import io.lettuce.core.cluster.SlotHash;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of nodes that engines take from each other through one server. */
final class RedisCacheIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Flow LONG = flow("1h");
  private static final Flow SHORT = flow("200ms");

  @TempDir Path folder;
  private LocalRedis server;

  /** The engines whose action ran. */
  private final List<String> ran = new CopyOnWriteArrayList<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Object answer = Map.of("total", 12.5);

  private static Flow flow(String ttl) {
    return Flow.parse(
        """
        {"id": "f", "inputs": {"q": {"default": 1}},
         "nodes": [{"id": "a", "type": "costly", "config": {"q": "${inputs.q}"}, "cache": {"ttl": "%s"}}],
         "outputs": {"v": "${a.output}"}}
        """
            .formatted(ttl));
  }

  /** Gives what the test says. */
  private final class Costly implements Action<Map<String, Object>> {
    private final String engine;

    Costly(String engine) {
      this.engine = engine;
    }

    @Override
    public ActionDescriptor<Map<String, Object>> descriptor() {
      ActionDescriptor<Map<String, Object>> described = ActionDescriptor.of("costly", Map.class);
      return described.title("Costly").nonBlocking();
    }

    @Override
    public Object run(Map<String, Object> config, ActionContext context) {
      ran.add(engine);
      return answer;
    }
  }

  @BeforeEach
  void start() {
    server = LocalRedis.appending(folder);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    server.close();
  }

  private RedisStore store() {
    return RedisStore.builder(server.uri()).timeout(Duration.ofSeconds(10)).build();
  }

  private FlowForge engine(String name, FlowStore store) {
    FlowForge engine =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(store)
            .requireDurability(Durability.NONE)
            // The machine may be busy, and the answer is what is looked at.
            .sharedCacheDeadline(PATIENCE)
            .action(new Costly(name))
            .build();
    open.add(engine);
    return engine;
  }

  private ExecutionResult run(FlowForge engine, Flow flow, String tenant) {
    ExecutionResult result =
        engine.start(flow, Map.of(), StartOptions.DEFAULT.withTenant(tenant)).await(PATIENCE);
    assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
    return result;
  }

  private List<String> cached() {
    return server.ask(commands -> commands.keys("{flowforge}:c:*"));
  }

  @Test
  void a_second_engine_takes_the_result_of_the_first() {
    FlowForge one = engine("one", store());
    FlowForge two = engine("two", store());
    run(one, LONG, "");
    Eventually.holds(PATIENCE, () -> cached().size() == 1);
    assertThat(run(two, LONG, "").outputs()).isEqualTo(Map.of("v", answer));
    assertThat(ran).containsExactly("one");
    assertThat(two.health().facts()).containsEntry("sharedCacheHits", 1L);
  }

  @Test
  void tenants_do_not_see_each_others_results() {
    FlowForge one = engine("one", store());
    FlowForge two = engine("two", store());
    run(one, LONG, "acme");
    Eventually.holds(PATIENCE, () -> cached().size() == 1);
    run(two, LONG, "other");
    Eventually.holds(PATIENCE, () -> cached().size() == 2);
    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void the_server_forgets_a_result_when_its_time_is_over() {
    FlowForge one = engine("one", store());
    run(one, SHORT, "");
    assertThat(one.health().facts()).containsEntry("sharedCacheLeftOut", 0L);
    Eventually.holds(PATIENCE, () -> cached().isEmpty());
    Eventually.holds(
        PATIENCE,
        () -> {
          run(one, SHORT, "");
          return ran.size() > 1;
        });
  }

  @Test
  void a_result_that_is_too_large_is_not_sent() {
    FlowForge one = engine("one", store());
    FlowForge two = engine("two", store());
    answer = "x".repeat(300_000);
    run(one, LONG, "");
    run(two, LONG, "");
    assertThat(ran).containsExactly("one", "two");
    assertThat(cached()).isEmpty();
  }

  @Test
  void an_action_runs_when_the_server_of_the_cache_is_gone() {
    RedisStore redis = store();
    redis.open();
    open.add(redis);
    MemoryStore memory = new MemoryStore(() -> System.currentTimeMillis() * 1000);
    FlowForge one = engine("one", withCache(memory.handle(), redis.cache().orElseThrow()));
    FlowForge two = engine("two", withCache(memory.handle(), redis.cache().orElseThrow()));
    run(one, LONG, "");
    Eventually.holds(PATIENCE, () -> cached().size() == 1);
    server.kill();
    run(two, LONG, "");
    assertThat(ran).containsExactly("one", "two");
    assertThat((Long) two.health().facts().get("sharedCacheFailures")).isPositive();
    assertThat(two.health().complaints()).isEmpty();
    server.start();
  }

  /** A store whose cache is another's. */
  private static FlowStore withCache(FlowStore store, SharedCache cache) {
    return (FlowStore)
        Proxy.newProxyInstance(
            RedisCacheIT.class.getClassLoader(),
            new Class<?>[] {FlowStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("cache")
                    ? Optional.of(cache)
                    : method.invoke(store, arguments));
  }

  @Test
  void keys_of_the_cache_lie_with_the_others_and_have_a_time_to_live() {
    RedisStore redis = store();
    open.add(redis);
    redis.open();
    SharedCache cache = redis.cache().orElseThrow();
    get(cache.put("k1", "v".getBytes(UTF_8), Duration.ofMinutes(1)));
    get(cache.put("k2", "v".getBytes(UTF_8), Duration.ofDays(1_000_000_000)));
    assertThat(cached()).containsExactlyInAnyOrder("{flowforge}:c:k1", "{flowforge}:c:k2");
    assertThat(SlotHash.getSlot("{flowforge}:c:k1")).isEqualTo(SlotHash.getSlot("{flowforge}:"));
    Long first = server.ask(commands -> commands.pttl("{flowforge}:c:k1"));
    assertThat(first).isBetween(1L, 60_000L);
    Long second = server.ask(commands -> commands.pttl("{flowforge}:c:k2"));
    assertThat(second).isGreaterThan(60_000L);
    server.ask(commands -> commands.persist("{flowforge}:c:k1"));
    assertThat(get(cache.get("k1"))).as("what would never end").isEmpty();
  }
}
