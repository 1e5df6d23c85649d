package io.flowforge.testkit;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Output;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Actions that each break one rule, and the kit on each of them. */
final class BrokenActions {
  private BrokenActions() {}

  /** One component, documented. */
  public record Config(@Doc("A number.") int number) {}

  /** One component that nobody explains. */
  public record Undocumented(int number) {}

  /** What an action does. */
  interface Work {
    @Nullable Object run(ActionContext context) throws Exception;
  }

  private static <C> ActionDescriptor<C> described(String type, Class<? super C> config) {
    return ActionDescriptor.<C>of(type, config)
        .title("Broken")
        .category("test")
        .description("Breaks a rule.")
        .example(Map.of("number", 1));
  }

  private static Action<Config> acting(Work work) {
    return new Simple<>(described("broken", Config.class), work);
  }

  private record Simple<C>(ActionDescriptor<C> descriptor, Work work) implements Action<C> {
    @Override
    public @Nullable Object run(C config, ActionContext context) throws Exception {
      return work.run(context);
    }
  }

  /** The kit on an action that is given by the host. */
  abstract static class Kit extends ActionContract {
    @Override
    protected Set<Feature> features() {
      return EnumSet.of(Feature.GIVEN_BY_HOST);
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(2);
    }
  }

  static final class UndocumentedKit extends Kit {
    @Override
    protected Action<?> action() {
      return new Simple<Undocumented>(described("broken", Undocumented.class), context -> 1);
    }
  }

  static final class MoodyKit extends Kit {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    protected Action<?> action() {
      int number = count.incrementAndGet();
      ActionDescriptor<Config> descriptor = described("broken", Config.class);
      return new Simple<>(descriptor.ports("p" + number, "q"), context -> Output.on("q", 1));
    }
  }

  static final class FailingKit extends Kit {
    @Override
    protected Action<?> action() {
      return acting(
          context -> {
            throw new IllegalStateException("no");
          });
    }
  }

  static final class DeafKit extends Kit {
    @Override
    protected Action<?> action() {
      return new Deaf();
    }

    @Override
    protected Set<Feature> features() {
      return EnumSet.of(Feature.GIVEN_BY_HOST, Feature.SLOW);
    }

    @Override
    protected Map<String, Object> slowConfig() {
      return Map.of("number", 5);
    }
  }

  /** Takes as many seconds as its number says, whoever asks it to stop. */
  private static final class Deaf implements Action<Config> {
    @Override
    public ActionDescriptor<Config> descriptor() {
      ActionDescriptor<Config> descriptor = described("broken", Config.class);
      return descriptor.example(Map.of("number", 0));
    }

    @Override
    public Object run(Config config, ActionContext context) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.number);
      for (long left = 1; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
        Thread.interrupted();
      }
      return config.number;
    }
  }

  static final class ForgetfulKit extends Kit {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    protected Action<?> action() {
      ActionDescriptor<Config> descriptor = described("broken", Config.class);
      return new Simple<>(descriptor.pure(), context -> COUNT.incrementAndGet());
    }
  }

  static final class TalkativeKit extends Kit {
    @Override
    protected Action<?> action() {
      return acting(
          context -> {
            context.log().info("signing with {}", context.credential(CREDENTIAL).reveal());
            return 1;
          });
    }

    @Override
    protected Set<Feature> features() {
      return EnumSet.of(Feature.GIVEN_BY_HOST, Feature.SECRET);
    }

    @Override
    protected Map<String, Object> secretConfig() {
      return Map.of("number", 1);
    }
  }

  static final class HiddenKit extends Kit {
    @Override
    protected Action<?> action() {
      return acting(context -> 1);
    }

    @Override
    protected Set<Feature> features() {
      return EnumSet.noneOf(Feature.class);
    }
  }
}
