package io.flowforge.testkit;

import io.flowforge.spi.Doc;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext;
import io.flowforge.spi.TriggerDescriptor;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** A trigger that keeps to the contract: it polls a queue every minute. */
public final class SampleTrigger implements Trigger<SampleTrigger.Config> {
  /** The queues of the sample, by name. */
  static final Map<String, Queue<Integer>> QUEUES = new ConcurrentHashMap<>();

  private static final long MINUTE = 60_000_000L;

  /** Config of the sample. */
  public record Config(@Doc("Name of the queue.") String queue) {}

  @Override
  public TriggerDescriptor<Config> descriptor() {
    return TriggerDescriptor.<Config>of("sample-queue", Config.class)
        .title("Queue")
        .description("Takes numbers from a queue.")
        .event(Map.of("number", 1));
  }

  @Override
  public Handle start(Config config, TriggerContext context) {
    Queue<Integer> queue = QUEUES.computeIfAbsent(config.queue, name -> new ArrayDeque<>());
    return new Poll(queue, context);
  }

  /** One watch. */
  private static final class Poll implements Handle {
    private final Queue<Integer> queue;
    private final TriggerContext context;
    private TimeSource.Timer timer;
    private boolean closed;

    Poll(Queue<Integer> queue, TriggerContext context) {
      this.queue = queue;
      this.context = context;
      this.timer = next();
    }

    private TimeSource.Timer next() {
      return context.time().schedule(context.time().epochMicros() + MINUTE, this::look);
    }

    private synchronized void look() {
      if (closed) {
        return;
      }
      Integer number = queue.peek();
      if (number != null) {
        context
            .fire(Map.of("number", number), "n" + number)
            .whenComplete(
                (fired, refused) -> {
                  if (refused == null) {
                    queue.poll();
                  }
                });
      }
      timer = next();
    }

    @Override
    public synchronized void close() {
      closed = true;
      timer.cancel();
    }
  }
}
