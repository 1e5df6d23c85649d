package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every action must hold, as tests to inherit.
 *
 * <pre>{@code
 * class SlugActionContractTest extends ActionContract {
 *   protected Action<?> action() {
 *     return new SlugAction();
 *   }
 * }
 * }</pre>
 *
 * <p>The action runs in a real engine. What some actions do and others do not is declared with
 * {@link #features()}; a test of a feature that is not declared has nothing to check and passes.
 */
public abstract class ActionContract {
  /** Name of the credential that {@link #secretConfig()} may refer to. */
  protected static final String CREDENTIAL = "contract";

  private static final String SECRET = "tr0ub4dor-and-three-contract";

  /** What an action may do beyond the common. */
  protected enum Feature {
    /** It may take long; {@link ActionContract#slowConfig()} makes it so. */
    SLOW,
    /** It uses a credential; {@link ActionContract#secretConfig()} makes it so. */
    SECRET,
    /** It is not found by ServiceLoader, but given to the engine by the host. */
    GIVEN_BY_HOST
  }

  /** For subclasses. */
  protected ActionContract() {}

  /**
   * Makes the action under test.
   *
   * @return a new instance
   */
  protected abstract Action<?> action();

  /**
   * What the action does beyond the common; nothing unless overridden.
   *
   * @return its features
   */
  protected Set<Feature> features() {
    return EnumSet.noneOf(Feature.class);
  }

  /**
   * Adds what the action needs to the engine: services, policies, credentials; nothing unless
   * overridden.
   *
   * @param builder the engine's options
   * @return the same builder
   */
  protected FlowForgeBuilder prepare(FlowForgeBuilder builder) {
    return builder;
  }

  /**
   * A config that runs to a good end; the descriptor's example unless overridden.
   *
   * @return plain values by component name
   */
  protected Map<String, Object> exampleConfig() {
    return action()
        .descriptor()
        .example()
        .orElseThrow(() -> new AssertionError("the descriptor must have an example"));
  }

  /**
   * A config with which the action takes at least a minute when nobody stops it; for {@link
   * Feature#SLOW}.
   *
   * @return plain values by component name
   */
  protected Map<String, Object> slowConfig() {
    throw new AssertionError("override slowConfig() for Feature.SLOW");
  }

  /**
   * A config with which the action uses the credential {@link #CREDENTIAL}, whether it succeeds or
   * fails; for {@link Feature#SECRET}.
   *
   * @return plain values by component name
   */
  protected Map<String, Object> secretConfig() {
    throw new AssertionError("override secretConfig() for Feature.SECRET");
  }

  /**
   * How long a run of the action may take, and how soon it must end when it is stopped; 10 s unless
   * overridden.
   *
   * @return longer than zero
   */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @Test
  void descriptor_tells_all_that_a_catalog_shows() {
    ActionDescriptor<?> descriptor = action().descriptor();
    assertThat(descriptor.title()).as("title").isNotBlank().isNotEqualTo(descriptor.type());
    assertThat(descriptor.description()).as("description").isNotBlank();
    assertThat(descriptor.category()).as("category").isNotEqualTo("other");
    assertThat(descriptor.ports()).as("ports").isNotEmpty().doesNotContain("error");
    assertThat(descriptor.example()).as("example").isPresent();
    assertThat(components())
        .as("components of %s with @Doc", descriptor.config().getSimpleName())
        .allSatisfy(
            part -> assertThat(part.getAnnotation(Doc.class)).as(part.getName()).isNotNull());
  }

  @Test
  void descriptor_is_the_same_every_time() {
    ActionDescriptor<?> first = action().descriptor();
    ActionDescriptor<?> second = action().descriptor();
    assertThat(second.type()).isEqualTo(first.type());
    assertThat(second.config()).isEqualTo(first.config());
    assertThat(second.ports()).isEqualTo(first.ports());
  }

  @Test
  void example_runs() {
    try (FlowForge forge = engine(action())) {
      ExecutionResult result = forge.start(flow(exampleConfig()), Map.of()).await(patience());
      FlowAssertions.assertThat(result).isCompleted().node("it").isCompleted().ranTimes(1);
      String port = result.snapshot().node("it").orElseThrow().port();
      assertThat(action().descriptor().ports()).as("declared ports").contains(port);
    }
  }

  @Test
  void bad_config_names_the_field() {
    try (FlowForge forge = engine(action())) {
      for (RecordComponent part : components()) {
        WrongValues.of(part)
            .ifPresent(
                wrong -> {
                  Map<String, Object> config = new LinkedHashMap<>(exampleConfig());
                  config.put(part.getName(), wrong);
                  assertNamed(forge, config, part.getName());
                });
      }
    }
  }

  @Test
  void unknown_config_names_the_field() {
    if (action().descriptor().config().isRecord()) {
      try (FlowForge forge = engine(action())) {
        Map<String, Object> config = new LinkedHashMap<>(exampleConfig());
        config.put("notAComponent", 1);
        assertNamed(forge, config, "notAComponent");
      }
    }
  }

  @Test
  void cancel_is_honoured() throws InterruptedException {
    if (features().contains(Feature.SLOW)) {
      ObservedAction<?> observed = new ObservedAction<>(action());
      try (FlowForge forge = engine(observed)) {
        Execution execution = forge.start(flow(slowConfig()), Map.of());
        assertThat(observed.begun().await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        execution.cancel("contract");
        assertThat(execution.await(patience()).status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertOver(observed);
      }
    }
  }

  @Test
  void deadline_is_honoured() throws InterruptedException {
    if (features().contains(Feature.SLOW)) {
      ObservedAction<?> observed = new ObservedAction<>(action());
      try (FlowForge forge = engine(observed)) {
        Map<String, Object> node = node(slowConfig());
        node.put("timeout", "200ms");
        ExecutionResult result = forge.start(flowOf(node), Map.of()).await(patience());
        FlowAssertions.assertThat(result).failedWith("FF-TIMEOUT");
        assertOver(observed);
      }
    }
  }

  @Test
  void one_instance_serves_many_threads() throws Exception {
    try (FlowForge forge = engine(action())) {
      List<Map<String, Object>> inputs = Collections.nCopies(64, Map.of());
      List<ExecutionResult> results =
          forge
              .startAll(flow(exampleConfig()), inputs, 16)
              .toCompletableFuture()
              .get(4 * patience().toMillis(), TimeUnit.MILLISECONDS);
      assertThat(results)
          .extracting(ExecutionResult::status)
          .containsOnly(ExecutionStatus.COMPLETED);
      if (action().descriptor().isPure()) {
        assertThat(results.stream().map(ExecutionResult::outputs).distinct())
            .as("outputs of a pure action")
            .hasSize(1);
      }
    }
  }

  @Test
  void no_secret_shows() {
    if (features().contains(Feature.SECRET)) {
      ObservedAction<?> observed = new ObservedAction<>(action());
      List<FlowEvent> events = new CopyOnWriteArrayList<>();
      ExecutionResult result;
      try (FlowForge forge = engine(observed)) {
        forge.events().subscribe(events::add);
        result = forge.start(flow(secretConfig()), Map.of()).await(patience());
      }
      List<String> seen = new ArrayList<>(observed.log().lines());
      seen.add(result.snapshot().toString());
      result.error().ifPresent(error -> seen.add(Json.write(error.toValue())));
      events.forEach(event -> seen.add(Json.write(event.toValue())));
      assertThat(seen).noneMatch(text -> text.contains(SECRET));
    }
  }

  @Test
  void is_found_by_service_loader() {
    if (!features().contains(Feature.GIVEN_BY_HOST)) {
      Class<?> own = action().getClass();
      Stream<Class<?>> found =
          ServiceLoader.load(Action.class, own.getClassLoader()).stream()
              .map(ServiceLoader.Provider::type);
      assertThat(found).as("actions found by ServiceLoader").contains(own);
      Registration.verify(Action.class, own);
    }
  }

  private FlowForge engine(Action<?> action) {
    FlowForgeBuilder builder =
        FlowForge.builder()
            .discoverPlugins(false)
            .action(action)
            .cancelGrace(patience())
            .drainTimeout(patience());
    return prepare(builder.credential(CREDENTIAL, Secret.of(SECRET))).build();
  }

  private List<RecordComponent> components() {
    Class<?> config = action().descriptor().config();
    return config.isRecord() ? List.of(config.getRecordComponents()) : List.of();
  }

  private Map<String, Object> node(Map<String, Object> config) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("id", "it");
    node.put("type", action().descriptor().type());
    node.put("config", config);
    return node;
  }

  private Flow flow(Map<String, Object> config) {
    return flowOf(node(config));
  }

  private static Flow flowOf(Map<String, Object> node) {
    return Flow.parse(Json.write(Map.of("id", "contract", "nodes", List.of(node))));
  }

  private void assertNamed(FlowForge forge, Map<String, Object> config, String field) {
    String place = "/nodes/0/config/" + field;
    List<Problem> problems = forge.validate(flow(config));
    assertThat(problems)
        .as("problems of a config with a bad \"%s\"", field)
        .anyMatch(
            problem -> problem.path().equals(place) || problem.path().startsWith(place + "/"));
  }

  private void assertOver(ObservedAction<?> observed) throws InterruptedException {
    assertThat(observed.ended().await(patience().toMillis(), TimeUnit.MILLISECONDS))
        .as("the action returns soon after it is stopped")
        .isTrue();
  }
}
