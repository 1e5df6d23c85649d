package io.flowforge.spi.store;

import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps executions, so that they outlive the process that drives them.
 *
 * <p>Every operation is one transaction: it happens as a whole or not at all, and whoever calls
 * later sees it. It is acknowledged (its stage completes) only once it is as durable as {@link
 * StoreTraits#durability} says. Stages complete on threads of the store, and fail with {@link
 * StoreException} or {@link FencedException}. All time that decides anything is the store's.
 *
 * <p><b>Ownership.</b> A worker is one life of one engine. It enlists under an id that was never
 * used before, renews its lease, and owns the executions it creates or claims. Once its lease has
 * ended, the next {@link #claim} of any worker buries it: its executions become claimable, their
 * epoch rises, and whatever it still writes is refused.
 *
 * <p>Thread-safe. The testkit's {@code StoreContract} proves an implementation right.
 */
public interface FlowStore extends AutoCloseable {
  /**
   * Connects, brings the schema up to date and checks the settings that durability hangs on;
   * blocks. Called once, before all else.
   *
   * @return what the store promises
   * @throws StoreException when it is out of reach, has another schema version, or its settings are
   *     too weak for what it claims
   */
  StoreTraits open();

  /**
   * Looks again at what acknowledged writes survive: a server may be set otherwise while it runs.
   * The engine asks with each renewal, and says so in its health when it is less than it needs.
   *
   * @return the level of now; empty when it cannot have changed since {@link #open}, or is not told
   */
  default CompletionStage<Optional<Durability>> durability() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /**
   * The store's clock.
   *
   * @return microseconds since 1970
   */
  CompletionStage<Long> now();

  // ---- workers

  /**
   * Registers a worker.
   *
   * @param worker an id that no worker had before, at most 64 characters
   * @param lease how long it may go without renewal
   * @return its lease; fails with {@link FencedException} when the id was used before
   */
  CompletionStage<Lease> enlist(String worker, Duration lease);

  /**
   * Renews a lease.
   *
   * @param worker id of the worker
   * @param lease how long it may go without the next renewal
   * @return the lease; fails with {@link FencedException} when it has ended
   */
  CompletionStage<Lease> renew(String worker, Duration lease);

  /**
   * Ends a worker in good order: what it owns may be claimed at once, and that counts as no
   * recovery.
   *
   * @param worker id of the worker; nothing happens when it is not enlisted
   * @return when it is done
   */
  CompletionStage<@Nullable Void> retire(String worker);

  // ---- executions

  /**
   * Writes steps of several executions in one transaction; each is applied or refused by itself.
   *
   * @param commits at most one for each execution
   * @return what became of each, in the same order
   */
  CompletionStage<List<Commit.Result>> commit(List<Commit> commits);

  /**
   * Writes steps as {@link #commit} does, but on the calling thread, which spares a change of
   * threads there and back. A store does so only when it would begin at once; it may always
   * decline. The engine calls it on threads of its own that may wait.
   *
   * @param commits at most one for each execution
   * @return what became of each, in the same order; empty when nothing was done, and {@link
   *     #commit} is to be called
   * @throws StoreException where the stage of {@code commit} would fail with it
   */
  default Optional<List<Commit.Result>> commitHere(List<Commit> commits) {
    return Optional.empty();
  }

  /**
   * Buries dead workers, then takes executions that may be claimed, those that are due longest
   * first. An execution is taken by one worker only.
   *
   * @param worker the new owner
   * @param limit the most to take
   * @return their heads, with the new owner and epoch; fails with {@link FencedException} when the
   *     worker's lease has ended
   */
  CompletionStage<List<ExecutionRecord>> claim(String worker, int limit);

  /**
   * Takes one execution if nobody owns it, due or not.
   *
   * @param worker the new owner
   * @param executionId the execution
   * @return its head with the new owner and epoch; empty when there is no such execution, it has
   *     ended, or a worker that is alive owns it
   */
  CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId);

  /**
   * Reads executions whole.
   *
   * @param executionIds the executions
   * @return those that exist, in no order
   */
  CompletionStage<List<StoredExecution>> load(List<String> executionIds);

  /**
   * Reads the head of an execution.
   *
   * @param executionId the execution
   * @return the head, if it exists
   */
  CompletionStage<Optional<ExecutionRecord>> find(String executionId);

  /**
   * Lists executions, newest first.
   *
   * @param query which
   * @return at most as many heads as the query's limit
   */
  CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query);

  /**
   * Deletes ended executions with all that belongs to them.
   *
   * @param statuses in which of the final statuses
   * @param finishedBeforeMicros only those that ended before, in microseconds since 1970
   * @param limit the most to delete in this call
   * @return how many were deleted
   */
  CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit);

  // ---- messages and events

  /**
   * Puts a message into an execution's inbox; when nobody owns the execution, it may be claimed at
   * once.
   *
   * @param executionId the receiver
   * @param message the message
   * @return what became of it
   */
  CompletionStage<Message.Receipt> send(String executionId, Message message);

  /**
   * The unread messages of all executions that a worker owns.
   *
   * @param worker id of the worker
   * @param limit the most to give
   * @return in order of arrival for each execution
   */
  CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit);

  /**
   * Brings an event to all that wait for it, as messages, and ends these waits; when none waits, it
   * is kept for the first that does.
   *
   * @param event the event
   * @return how many waits it ended, the same again for an id that is still kept
   */
  CompletionStage<Integer> publish(PublishedEvent event);

  // ---- records

  /**
   * Reads a record.
   *
   * @param kind its kind
   * @param key its key
   * @return the record, if it exists
   */
  CompletionStage<Optional<StoredRecord>> read(String kind, String key);

  /**
   * Writes or deletes a record, if it has not changed meanwhile.
   *
   * @param kind its kind
   * @param key its key
   * @param revision the revision it must have; 0 when it must not exist
   * @param value the content; null deletes it
   * @return whether it was written
   */
  CompletionStage<Boolean> write(String kind, String key, long revision, byte @Nullable [] value);

  /**
   * Lists records of a kind in the order of their keys' UTF-8 bytes.
   *
   * @param kind the kind
   * @param prefix only keys that begin with it; empty is all
   * @param after only keys behind this one; empty begins at the first
   * @param limit the most to give
   * @return the records
   */
  CompletionStage<List<StoredRecord>> scan(String kind, String prefix, String after, int limit);

  // ---- cache

  /**
   * The cache that all engines of the store share. Asked for once, maybe before {@link #open}; used
   * behind it.
   *
   * @return the cache; empty when the store has none, and each engine keeps results for itself
   */
  default Optional<SharedCache> cache() {
    return Optional.empty();
  }

  // ---- waking

  /**
   * Sets who is told that something may have changed for this process: an execution may be claimed,
   * or a message has come. A store that cannot tell never calls it; the engine looks by itself
   * every scan interval.
   *
   * @param listener called on a thread of the store; returns at once
   */
  default void onWake(Runnable listener) {}

  /** Gives back connections and threads; calls under way finish or fail. Idempotent. */
  @Override
  void close();
}
