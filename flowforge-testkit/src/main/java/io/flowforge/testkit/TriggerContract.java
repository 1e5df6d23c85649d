package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowforge.spi.Doc;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerDescriptor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every trigger must hold, as tests to inherit.
 *
 * <pre>{@code
 * class InboxTriggerContractTest extends TriggerContract<InboxTrigger.Config> {
 *   private final Inbox inbox = new Inbox();
 *
 *   protected Trigger<InboxTrigger.Config> trigger() {
 *     return new InboxTrigger();
 *   }
 *
 *   protected InboxTrigger.Config config() {
 *     return new InboxTrigger.Config(inbox.address());
 *   }
 *
 *   protected void cause(int number) {
 *     inbox.deliver("message " + number);
 *   }
 * }
 * }</pre>
 *
 * <p>The trigger gets a context whose time is manual and whose executor is waited for. After {@link
 * #cause} the kit moves the time on from timer to timer until the event has come, so a trigger that
 * polls by the engine's timers needs no real waiting.
 *
 * @param <C> the config record
 */
public abstract class TriggerContract<C> {
  private static final int STEPS = 100;

  private final TriggerBench bench = new TriggerBench();

  /** What a trigger may do beyond the common. */
  protected enum Feature {
    /** It is not found by ServiceLoader, but given to the engine by the host. */
    GIVEN_BY_HOST
  }

  /** For subclasses. */
  protected TriggerContract() {}

  /**
   * Makes the trigger under test.
   *
   * @return a new instance
   */
  protected abstract Trigger<C> trigger();

  /**
   * The config it is started with.
   *
   * @return the config
   */
  protected abstract C config();

  /**
   * Makes an event happen in the source.
   *
   * @param number from 1; another event for another number
   */
  protected abstract void cause(int number);

  /**
   * What the trigger does beyond the common; nothing unless overridden.
   *
   * @return its features
   */
  protected Set<Feature> features() {
    return EnumSet.noneOf(Feature.class);
  }

  /**
   * How far the manual time may have to move until an event is seen; a day unless overridden.
   *
   * @return longer than zero
   */
  protected Duration reach() {
    return Duration.ofDays(1);
  }

  @AfterEach
  void closeBench() {
    bench.close();
  }

  @Test
  void descriptor_tells_all_that_a_catalog_shows() {
    TriggerDescriptor<C> descriptor = trigger().descriptor();
    assertThat(descriptor.node().title()).as("title").isNotEqualTo(descriptor.type());
    assertThat(descriptor.node().description()).as("description").isNotBlank();
    assertThat(descriptor.event()).as("example of an event").isPresent();
    Class<C> config = descriptor.config();
    List<RecordComponent> parts =
        config.isRecord() ? List.of(config.getRecordComponents()) : List.of();
    assertThat(parts)
        .as("components with @Doc")
        .allSatisfy(
            part -> assertThat(part.getAnnotation(Doc.class)).as(part.getName()).isNotNull());
  }

  @Test
  void fires_an_event_of_the_declared_shape() throws Exception {
    whileStarted(
        () -> {
          happen(1);
          String difference =
              Shapes.difference(
                  trigger().descriptor().event().orElseThrow(), bench.fired().get(0).event());
          assertThat(difference).as("event against the descriptor's example").isNull();
        });
  }

  @Test
  void fires_events_in_order_and_each_once() throws Exception {
    whileStarted(
        () -> {
          happen(1);
          happen(2);
          assertThat(bench.keys()).doesNotHaveDuplicates().hasSize(2);
          assertThat(bench.keys())
              .allSatisfy(
                  key -> assertThat(key.length()).as("length of %s", key).isBetween(1, 255));
        });
  }

  @Test
  void fires_nothing_before_it_is_started_and_after_it_is_stopped() throws Exception {
    Trigger.Handle handle = start();
    assertThat(bench.firedBeforeStarted()).as("events fired before start returned").isZero();
    handle.close();
    int before = bench.fired().size();
    cause(1);
    bench.moveUntil(() -> bench.fired().size() > before, reach(), STEPS);
    assertThat(bench.fired()).as("events after the handle was closed").hasSize(before);
  }

  @Test
  void may_be_stopped_twice_and_started_again() throws Exception {
    Trigger.Handle first = start();
    first.close();
    assertThatCode(first::close).as("closing again").doesNotThrowAnyException();
    whileStarted(() -> happen(1));
  }

  @Test
  void serves_several_nodes_at_once() throws Exception {
    Trigger<C> trigger = trigger();
    try (Trigger.Handle one = trigger.start(config(), bench.context("one"))) {
      Trigger.Handle two = trigger.start(config(), bench.context("two"));
      two.close();
      bench.started();
      happen(1);
      assertThat(bench.fired()).extracting(TriggerBench.Event::node).containsOnly("one");
      assertThat(one).isNotNull();
    }
  }

  @Test
  void outlives_a_start_that_fails() throws Exception {
    whileStarted(
        () -> {
          bench.refuseNext();
          cause(1);
          bench.moveUntil(() -> bench.refused() > 0, reach(), STEPS);
          happen(2);
        });
  }

  @Test
  void is_found_by_service_loader() {
    if (!features().contains(Feature.GIVEN_BY_HOST)) {
      Class<?> own = trigger().getClass();
      Stream<Class<?>> found =
          ServiceLoader.load(Trigger.class, own.getClassLoader()).stream()
              .map(ServiceLoader.Provider::type);
      assertThat(found).as("triggers found by ServiceLoader").contains(own);
      Registration.verify(Trigger.class, own);
    }
  }

  private void whileStarted(Runnable check) throws Exception {
    Trigger.Handle handle = start();
    try {
      check.run();
    } finally {
      handle.close();
    }
  }

  private Trigger.Handle start() throws Exception {
    Trigger.Handle handle = trigger().start(config(), bench.context("it"));
    bench.started();
    return handle;
  }

  /** Makes an event happen and waits until it is fired. */
  private void happen(int number) {
    int before = bench.fired().size();
    cause(number);
    bench.moveUntil(() -> bench.fired().size() > before, reach(), STEPS);
    assertThat(bench.fired().size()).as("events fired after event " + number).isGreaterThan(before);
  }
}
