package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.MigrationPlan;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.flow.Problem;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Inbox;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Moves executions to other versions of their flows: takes one, checks that its journal means the
 * same there, and gives it back with one page that names the new version.
 */
final class Migration {
  private static final Set<ExecutionStatus> HOLDING =
      Set.of(ExecutionStatus.PAUSED, ExecutionStatus.PARKED, ExecutionStatus.WAITING);

  private static final long LOOK_MILLIS = 20;
  private static final int FEWEST_LOOKS = 5;

  /** Whoever had it may have given it back, and others have taken it up since. */
  private static final int LOOKS_PER_LETTER = 25;

  private final ExecutionAccess on;

  Migration(ExecutionAccess on) {
    this.on = on;
  }

  /** An execution that was taken, and from when it could be claimed before. */
  private record Taken(StoredExecution stored, long claimAtMicros) {
    ExecutionRecord head() {
      return stored.head();
    }
  }

  Execution migrate(String id, Plan plan) {
    String hash = plan.flow.contentHash();
    if (!on.head(id).flowHash().equals(hash)) {
      move(take(id), plan);
      on.persistence().wake();
    }
    return new StoredHandle(on.persistence(), plan.flow, id, false);
  }

  /** What it would do to an execution as that stands in the store now. */
  MigrationPlan plan(String id, Plan plan) {
    StoredExecution stored = on.whole(id);
    ExecutionStatus status = ExecutionAccess.status(stored);
    MigrationCheck check = new MigrationCheck(on, stored, plan);
    if (stored.head().flowHash().equals(plan.flow.contentHash()) || HOLDING.contains(status)) {
      return check.plan(status, List.of());
    }
    FlowForgeException active = moves(id, status);
    return check.plan(
        status, List.of(new Problem(active.code(), "", null, String.valueOf(active.getMessage()))));
  }

  private void move(Taken taken, Plan plan) {
    MigrationPlan planned;
    try {
      planned = new MigrationCheck(on, taken.stored, plan).plan(taken.head().status(), List.of());
      on.archive().keep(plan);
    } catch (RuntimeException failed) {
      giveBack(taken, null, "[]");
      throw failed;
    }
    if (!planned.isAllowed()) {
      giveBack(taken, null, "[]");
      throw new InvalidFlowException(planned.problems());
    }
    String page = page(planned);
    Commit.Result result = giveBack(taken, plan.flow.contentHash(), page);
    if (result != Commit.Result.APPLIED) {
      throw moves(taken.head().id(), ExecutionStatus.RUNNING);
    }
  }

  private String page(MigrationPlan planned) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    Map<String, @Nullable Object> moved = new LinkedHashMap<>();
    moved.put("migrated", planned.to());
    moved.put("from", planned.from());
    moved.put("at", on.persistence().now());
    entries.add(moved);
    planned
        .variables()
        .added()
        .forEach(
            (name, value) -> {
              Map<String, @Nullable Object> entry = new LinkedHashMap<>();
              entry.put("var", name);
              entry.put("by", "");
              entry.put("is", value);
              entries.add(entry);
            });
    return Json.write(entries);
  }

  /** Ends the ownership with a page, in the status that the execution had. */
  private Commit.Result giveBack(Taken taken, @Nullable String flowHash, String text) {
    ExecutionRecord head = taken.head();
    boolean waits = head.status() == ExecutionStatus.WAITING;
    // The new flow may have nodes that are ready at once.
    long claimAt = waits ? on.persistence().now() : taken.claimAtMicros;
    HeadChange change = HeadChange.released(head.status(), head.reason(), claimAt);
    Commit page = on.next(head, text).with(flowHash == null ? change : change.onFlow(flowHash));
    Commit.Result result = on.write(ExecutionAccess.with(page, heard(taken.stored), List.of()));
    if (result == Commit.Result.UNREAD) {
      on.persistence().takeovers().goOn(on.whole(head.id()));
    }
    return result;
  }

  /** Up to which number there is nothing that the execution should hear. */
  private static long heard(StoredExecution stored) {
    long number = 0;
    for (ReceivedMessage unread : stored.unread()) {
      if (!isRelease(unread)) {
        return number;
      }
      number = unread.number();
    }
    return number;
  }

  private static boolean isRelease(ReceivedMessage unread) {
    return unread.message().kind() == Message.Kind.OPERATE
        && unread.message().name().equals(Inbox.RELEASE);
  }

  // ---- taking

  private Taken take(String id) {
    long looks = Math.max(FEWEST_LOOKS, on.patienceMicros() / (LOOK_MILLIS * 1000));
    for (long look = 0; look < looks; look++) {
      StoredExecution stored = on.whole(id);
      if (!HOLDING.contains(ExecutionAccess.status(stored))) {
        throw moves(id, ExecutionAccess.status(stored));
      }
      Optional<ExecutionRecord> taken = on.take(id);
      if (taken.isPresent()) {
        StoredExecution whole = on.whole(id);
        if (isAtRest(whole)) {
          return new Taken(whole, stored.head().claimAtMicros());
        }
        on.persistence().takeovers().goOn(whole);
      } else if (look % LOOKS_PER_LETTER == 0) {
        on.persistence().send(id, Message.Kind.OPERATE, Inbox.RELEASE, null);
      }
      await();
    }
    throw moves(id, on.head(id).status());
  }

  /** Whether nothing has come that moves it on. */
  private static boolean isAtRest(StoredExecution taken) {
    ExecutionStatus status = taken.head().status();
    return status == ExecutionStatus.PARKED
        || HOLDING.contains(status) && taken.unread().stream().allMatch(Migration::isRelease);
  }

  private static FlowForgeException moves(String id, ExecutionStatus status) {
    return ExecutionAccess.active(
        id, status, "it is migrated while it is paused, parked or waiting; pause it and try again");
  }

  /** A little time for whoever drives it. */
  private static void await() {
    try {
      new CompletableFuture<@Nullable Void>().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException ignored) {
      // That is what it waits for.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while an execution was taken", Map.of(), true, null);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
