package io.flowforge.spi.store;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of one execution, written as a whole or not at all.
 *
 * <p>The store applies it when {@code worker} still holds its lease, owns the execution in {@code
 * epoch}, and {@code position} is the one behind the last journal page. A page with the same text
 * that stands there already from the same worker and epoch is the same step, written by a call
 * whose answer was lost: {@link Result#APPLIED} again, and nothing changes. A page with another
 * text is not: a worker may begin an id twice.
 *
 * @param executionId the execution
 * @param worker who writes
 * @param epoch epoch of the ownership
 * @param position number of the page, counted from 1
 * @param page what happened, as JSON text; written once and never changed
 * @param create the execution itself, for its first page; null otherwise. Its worker is {@code
 *     worker}, and the epoch is 1
 * @param change new values of the head; null leaves it as it is
 * @param children executions to create with it; those whose id exists are left as they are
 * @param awaits events that the execution waits for from now on
 * @param forgets events it waits for no longer
 * @param messages messages to other executions; those for ended or unknown ones are dropped
 * @param readUpTo messages up to this number have been read and may be deleted; 0 is none
 */
public record Commit(
    String executionId,
    String worker,
    long epoch,
    long position,
    String page,
    @Nullable NewExecution create,
    @Nullable HeadChange change,
    List<NewExecution> children,
    List<EventWait> awaits,
    List<EventWait> forgets,
    List<OutgoingMessage> messages,
    long readUpTo) {

  /** Checks and copies. */
  public Commit {
    Objects.requireNonNull(executionId, "executionId");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(page, "page");
    children = List.copyOf(children);
    awaits = List.copyOf(awaits);
    forgets = List.copyOf(forgets);
    messages = List.copyOf(messages);
    if (create != null && change != null && change.flowHash() != null) {
      throw new IllegalArgumentException("a step that creates an execution must not move its flow");
    }
    if (epoch < 1 || position < 1) {
      throw new IllegalArgumentException(
          "epoch and position must be >= 1, were " + epoch + " and " + position);
    }
  }

  /**
   * A step that only adds a page.
   *
   * @param executionId the execution
   * @param worker who writes
   * @param epoch epoch of the ownership
   * @param position number of the page
   * @param page what happened, as JSON text
   * @return the step
   */
  public static Commit page(
      String executionId, String worker, long epoch, long position, String page) {
    return new Commit(
        executionId,
        worker,
        epoch,
        position,
        page,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /**
   * The first step of a new execution.
   *
   * @param created the execution; it must name its worker
   * @param page what happened so far, as JSON text
   * @return the step
   */
  public static Commit create(NewExecution created, String page) {
    return new Commit(
        created.id(),
        Objects.requireNonNull(created.worker(), "worker"),
        1,
        1,
        page,
        created,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /**
   * The same step with new values of the head.
   *
   * @param next the new values
   * @return a copy
   */
  public Commit with(HeadChange next) {
    return new Commit(
        executionId,
        worker,
        epoch,
        position,
        page,
        create,
        next,
        children,
        awaits,
        forgets,
        messages,
        readUpTo);
  }

  /** What became of a step. */
  public enum Result {
    /** It is written, by this call or an earlier one. */
    APPLIED,
    /** Nothing is written: the worker does not own the execution in that epoch any more. */
    FENCED,
    /** Nothing is written: the execution exists already. */
    EXISTS,
    /**
     * Nothing is written: the step ends the execution or gives it back, and messages have come that
     * were not read. A step that parks it is written all the same, and the messages stay.
     */
    UNREAD
  }
}
