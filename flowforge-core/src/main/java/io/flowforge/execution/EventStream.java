package io.flowforge.execution;

import java.util.function.Consumer;

/**
 * Events to subscribe to, narrowed step by step. Immutable; narrowing returns a new stream.
 *
 * <p>Each listener gets the events of one execution in {@code seq} order on a thread of its own
 * turn, never two at once. A slow listener never slows the engine: its buffer drops the oldest
 * events and it gets a {@link EventType#GAP} event instead, whose data tells how many; the state
 * they led to is in {@link io.flowforge.Execution#snapshot()}, whose {@code seq} tells which later
 * events are news.
 */
public interface EventStream {
  /**
   * Only events of one execution.
   *
   * @param executionId its id
   * @return the narrower stream
   */
  EventStream ofExecution(String executionId);

  /**
   * Only events of one flow.
   *
   * @param flowId its id
   * @return the narrower stream
   */
  EventStream ofFlow(String flowId);

  /**
   * Only events of some types; gap markers always come.
   *
   * @param types at least one
   * @return the narrower stream
   */
  EventStream only(EventType... types);

  /**
   * With another buffer.
   *
   * @param events how many wait for a slow listener before the oldest is dropped; at least 1,
   *     default 10,000
   * @return the changed stream
   */
  EventStream buffered(int events);

  /**
   * Begins to listen. The first event is {@link EventType#CONNECTION_ESTABLISHED}.
   *
   * @param listener called with one event at a time; what it throws is logged
   * @return ends the listening when closed
   */
  Subscription subscribe(Consumer<FlowEvent> listener);

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends it; no event is delivered after this returns, save one being delivered now. */
    @Override
    void close();
  }
}
