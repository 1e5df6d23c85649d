package io.flowforge.testkit;

import io.flowforge.spi.Doc;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext;
import io.flowforge.spi.TriggerDescriptor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Triggers that each break one rule, and the kit on each of them. */
final class BrokenTriggers {
  private BrokenTriggers() {}

  /** Config of all of them. */
  public record Config(@Doc("A name.") String name) {}

  /** Hands numbers on to its listeners as they come. */
  abstract static class Kit extends TriggerContract<Config> {
    final List<Listener> listeners = new CopyOnWriteArrayList<>();

    @Override
    protected Set<Feature> features() {
      return EnumSet.of(Feature.GIVEN_BY_HOST);
    }

    @Override
    protected Config config() {
      return new Config("x");
    }

    @Override
    protected void cause(int number) {
      listeners.forEach(listener -> listener.heard(number));
    }

    Trigger<Config> trigger(BiConsumer<Listener, Integer> heard) {
      return new Sample(this, heard);
    }
  }

  /** A started trigger. */
  static final class Listener implements Trigger.Handle {
    final TriggerContext context;
    private final Kit kit;
    private final BiConsumer<Listener, Integer> heard;

    Listener(Kit kit, TriggerContext context, BiConsumer<Listener, Integer> heard) {
      this.kit = kit;
      this.context = context;
      this.heard = heard;
    }

    void heard(int number) {
      heard.accept(this, number);
    }

    void fire(int number) {
      context.fire(Map.of("number", number), "n" + number);
    }

    @Override
    public void close() {
      kit.listeners.remove(this);
    }
  }

  private record Sample(Kit kit, BiConsumer<Listener, Integer> heard) implements Trigger<Config> {
    @Override
    public TriggerDescriptor<Config> descriptor() {
      return TriggerDescriptor.<Config>of("broken", Config.class)
          .title("Broken trigger")
          .description("Breaks a rule.")
          .event(Map.of("number", 1));
    }

    @Override
    public Handle start(Config config, TriggerContext context) {
      Listener listener = new Listener(kit, context, heard);
      kit.listeners.add(listener);
      if (kit instanceof HastyKit) {
        listener.fire(0);
      }
      return kit instanceof UndyingKit ? () -> {} : listener;
    }
  }

  /** Fires while it starts. */
  static final class HastyKit extends Kit {
    @Override
    protected Trigger<Config> trigger() {
      return trigger(Listener::fire);
    }
  }

  /** Its events look otherwise than it says. */
  static final class ShapelessKit extends Kit {
    @Override
    protected Trigger<Config> trigger() {
      return trigger(
          (listener, number) -> listener.context.fire(Map.of("value", number), "n" + number));
    }
  }

  /** Goes on when it is closed. */
  static final class UndyingKit extends Kit {
    @Override
    protected Trigger<Config> trigger() {
      return trigger(Listener::fire);
    }
  }

  /** Gives up when a start fails. */
  static final class FragileKit extends Kit {
    @Override
    protected Trigger<Config> trigger() {
      return trigger(
          (listener, number) ->
              listener
                  .context
                  .fire(Map.of("number", number), "n" + number)
                  .whenComplete(
                      (fired, refused) -> {
                        if (refused != null) {
                          listener.close();
                        }
                      }));
    }
  }

  /** Tells no event from another. */
  static final class SameKeyKit extends Kit {
    @Override
    protected Trigger<Config> trigger() {
      return trigger((listener, number) -> listener.context.fire(Map.of("number", number), "same"));
    }
  }
}
