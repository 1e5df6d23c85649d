package io.flowforge.spi.store;

import java.util.Objects;

/**
 * A place in a queue, in which a new execution waits until it is admitted.
 *
 * <p>Nobody owns an execution in a queue before it is admitted, whatever {@link
 * NewExecution#worker} says, and it may not be claimed. It is admitted once fewer executions of the
 * queue are admitted than its limit, in the order of priority and then of acceptance; from then on
 * it is like any other, and its place is taken until it ends. While it waits, a message of kind
 * {@link Message.Kind#CANCEL} takes it out of the queue and makes it claimable, so that whoever
 * claims it can end it; other messages are kept for later.
 *
 * @param queue name of the queue, 1 to 255 characters, case-sensitive
 * @param limit how many executions of the queue may be admitted when this one is; at least 1
 * @param whenFull what happens when it cannot be admitted at once
 * @param priority smaller numbers go first; -1,000 to 1,000
 * @param notBeforeMicros when it joins the line, by the store's clock; claimable from then on as
 *     far as that is known, and not counted before; 0 is at once
 */
public record QueuePlace(
    String queue, int limit, WhenFull whenFull, int priority, long notBeforeMicros) {

  /** The reason that the head of a refused execution has, with status {@code PENDING}. */
  public static final String REFUSED = "FF-OVERLAP";

  /** Smallest and largest priority, without the sign. */
  public static final int MOST_PRIORITY = 1000;

  /** What happens to an execution that cannot be admitted at once. */
  public enum WhenFull {
    /** It waits its turn. */
    WAIT,
    /** It waits its turn, but is refused when another waits already. */
    WAIT_ALONE,
    /**
     * It is refused: it leaves the queue, its head has the reason {@link #REFUSED}, and it may be
     * claimed, so that whoever claims it can end it.
     */
    REFUSE,
    /**
     * It waits its turn, and the oldest of the queue that was not displaced before gets a message
     * of kind {@link Message.Kind#CANCEL}.
     */
    DISPLACE
  }

  /** Checks the bounds. */
  public QueuePlace {
    Objects.requireNonNull(whenFull, "whenFull");
    if (queue.isEmpty() || queue.length() > 255) {
      throw new IllegalArgumentException(
          "queue must have 1 to 255 characters, had " + queue.length());
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, was " + limit);
    }
    if (priority < -MOST_PRIORITY || priority > MOST_PRIORITY) {
      throw new IllegalArgumentException("priority must be -1000 to 1000, was " + priority);
    }
    if (notBeforeMicros < 0) {
      throw new IllegalArgumentException("notBeforeMicros must be >= 0, was " + notBeforeMicros);
    }
  }

  /**
   * The message that an execution gets whose place another takes.
   *
   * @param executionId the execution that takes it
   * @return the message
   */
  public static Message displaced(String executionId) {
    return new Message(
        "displaced by " + executionId,
        Message.Kind.CANCEL,
        "",
        "\"a newer execution takes its place\"");
  }
}
