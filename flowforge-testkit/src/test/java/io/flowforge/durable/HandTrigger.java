package io.flowforge.durable;

import io.flowforge.spi.Doc;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext;
import io.flowforge.spi.TriggerDescriptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A trigger whose events a test makes by hand. */
public final class HandTrigger implements Trigger<HandTrigger.Config> {
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final AtomicInteger failuresLeft = new AtomicInteger();

  /** Config of the trigger. */
  public record Config(@Doc("A word to tell versions apart.") String word) {}

  /** One start of it. */
  static final class Watch {
    final Config config;
    final TriggerContext context;
    private volatile boolean open = true;

    Watch(Config config, TriggerContext context) {
      this.config = config;
      this.context = context;
    }

    boolean isOpen() {
      return open;
    }

    /** Fires, and waits until the engine has it or refuses. */
    TriggerContext.Fired fire(Object event, String key) throws InterruptedException {
      try {
        return context.fire(event, key).toCompletableFuture().get(20, TimeUnit.SECONDS);
      } catch (ExecutionException refused) {
        throw refused.getCause() instanceof RuntimeException known
            ? known
            : new CompletionException(refused);
      } catch (TimeoutException late) {
        throw new AssertionError("nothing was answered", late);
      }
    }
  }

  void failTimes(int count) {
    failuresLeft.set(count);
  }

  /** All starts so far, oldest first. */
  List<Watch> watches() {
    return watches;
  }

  /** Those that have not been stopped. */
  List<Watch> open() {
    return watches.stream().filter(Watch::isOpen).toList();
  }

  @Override
  public TriggerDescriptor<Config> descriptor() {
    return TriggerDescriptor.<Config>of("hand", Config.class)
        .title("By hand")
        .description("Fires when a test says so.")
        .event(Map.of("n", 1));
  }

  @Override
  public void validate(Config config) {
    if (config.word().isBlank()) {
      throw new IllegalArgumentException("word must not be blank");
    }
  }

  @Override
  public Handle start(Config config, TriggerContext context) {
    if (failuresLeft.getAndDecrement() > 0) {
      throw new IllegalStateException("the source is out of reach");
    }
    Watch watch = new Watch(config, context);
    watches.add(watch);
    return () -> watch.open = false;
  }
}
