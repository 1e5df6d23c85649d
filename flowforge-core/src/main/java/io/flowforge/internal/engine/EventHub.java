package io.flowforge.internal.engine;

import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.TimeSource;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to listeners: one bounded buffer and at most one task on the pool for each, so that
 * a slow one loses events and slows nobody.
 */
final class EventHub {
  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
  private static final int BATCH = 256;

  private final CopyOnWriteArrayList<Listening> listeners = new CopyOnWriteArrayList<>();
  private final Executor executor;
  private final TimeSource time;
  private volatile boolean active;

  EventHub(Executor executor, TimeSource time) {
    this.executor = executor;
    this.time = time;
  }

  boolean active() {
    return active;
  }

  void publish(FlowEvent event) {
    for (Listening listener : listeners) {
      listener.offer(event);
    }
  }

  /** The events of one tenant; null is all. */
  EventStream stream(@Nullable String tenant) {
    return new Narrowed(tenant, null, null, EnumSet.allOf(EventType.class), 10_000);
  }

  private FlowEvent own(EventType type, Map<String, Object> data) {
    return new FlowEvent(type, 0, Timestamps.ofMicros(time.epochMicros()), "", "", "", null, data);
  }

  /** A stream with its filters. */
  private final class Narrowed implements EventStream {
    private final @Nullable String tenant;
    private final @Nullable String execution;
    private final @Nullable String flow;
    private final Set<EventType> types;
    private final int buffer;

    Narrowed(
        @Nullable String tenant,
        @Nullable String execution,
        @Nullable String flow,
        Set<EventType> types,
        int buffer) {
      this.tenant = tenant;
      this.execution = execution;
      this.flow = flow;
      this.types = types;
      this.buffer = buffer;
    }

    @Override
    public EventStream ofExecution(String executionId) {
      return new Narrowed(tenant, executionId, flow, types, buffer);
    }

    @Override
    public EventStream ofFlow(String flowId) {
      return new Narrowed(tenant, execution, flowId, types, buffer);
    }

    @Override
    public EventStream only(EventType... wanted) {
      if (wanted.length == 0) {
        throw new IllegalArgumentException("only needs at least one event type");
      }
      EnumSet<EventType> chosen = EnumSet.of(wanted[0], wanted);
      chosen.retainAll(types);
      return new Narrowed(tenant, execution, flow, chosen, buffer);
    }

    @Override
    public EventStream buffered(int events) {
      if (events < 1) {
        throw new IllegalArgumentException("buffered must be >= 1, was " + events);
      }
      return new Narrowed(tenant, execution, flow, types, events);
    }

    @Override
    public Subscription subscribe(Consumer<FlowEvent> listener) {
      Listening listening = new Listening(this, listener);
      listening.offerAlways(own(EventType.CONNECTION_ESTABLISHED, Map.of()));
      synchronized (listeners) {
        listeners.add(listening);
        active = true;
      }
      return listening;
    }

    boolean wants(FlowEvent event) {
      return types.contains(event.type())
          && (tenant == null || tenant.equals(event.tenant()))
          && (execution == null || execution.equals(event.executionId()))
          && (flow == null || flow.equals(event.flowId()));
    }
  }

  /** One listener with its buffer. */
  private final class Listening implements EventStream.Subscription, Runnable {
    private final Narrowed filter;
    private final Consumer<FlowEvent> listener;
    private final ArrayDeque<FlowEvent> buffer = new ArrayDeque<>();
    private long dropped;
    private boolean scheduled;
    private boolean closed;

    Listening(Narrowed filter, Consumer<FlowEvent> listener) {
      this.filter = filter;
      this.listener = listener;
    }

    void offer(FlowEvent event) {
      if (filter.wants(event)) {
        offerAlways(event);
      }
    }

    void offerAlways(FlowEvent event) {
      synchronized (buffer) {
        if (closed) {
          return;
        }
        if (buffer.size() >= filter.buffer) {
          buffer.poll();
          dropped++;
        }
        buffer.add(event);
        if (scheduled) {
          return;
        }
        scheduled = true;
      }
      submit();
    }

    private void submit() {
      try {
        executor.execute(this);
      } catch (RuntimeException closing) {
        LOG.debug("events dropped, the engine is closing", closing);
      }
    }

    @Override
    public void run() {
      for (int i = 0; i < BATCH; i++) {
        FlowEvent event = next();
        if (event == null) {
          return;
        }
        deliver(event);
      }
      submit();
    }

    private @Nullable FlowEvent next() {
      synchronized (buffer) {
        if (dropped > 0 && !closed) {
          long count = dropped;
          dropped = 0;
          return own(EventType.GAP, Map.of("dropped", count));
        }
        FlowEvent event = closed ? null : buffer.poll();
        if (event == null) {
          scheduled = false;
        }
        return event;
      }
    }

    private void deliver(FlowEvent event) {
      try {
        listener.accept(event);
      } catch (Throwable thrown) {
        LOG.warn("an event listener failed on {}", event.type().wireName(), thrown);
      }
    }

    @Override
    public void close() {
      synchronized (buffer) {
        closed = true;
        buffer.clear();
      }
      synchronized (listeners) {
        listeners.remove(this);
        active = !listeners.isEmpty();
      }
    }
  }
}
