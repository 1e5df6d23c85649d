package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with all executions that processes have left in a store, until none is left that moves.
 *
 * <p>Whether the owner of one is dead, only the store knows, and in the end only by its lease. One
 * that cannot be had within the lease of a command and a little more is another process's.
 */
final class Abandoned {
  private static final Set<ExecutionStatus> GOING =
      Set.of(
          ExecutionStatus.PENDING,
          ExecutionStatus.RUNNING,
          ExecutionStatus.WAITING,
          ExecutionStatus.COMPENSATING);

  private static final int PAGE = 1000;
  private static final long LOOK_MILLIS = 300;
  private static final long PATIENCE_NANOS = Engines.LEASE.plusSeconds(2).toNanos();

  /** A timer that has longer to go is left to a later call. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final FlowForge forge;
  private final long deadline;
  private final Map<String, Taken> taken = new LinkedHashMap<>();

  /** An execution that was asked for. */
  private record Taken(Execution execution, long since) {}

  Abandoned(FlowForge forge, @Nullable Duration timeout) {
    this.forge = forge;
    this.deadline =
        timeout == null || timeout.compareTo(Duration.ofDays(36500)) > 0
            ? Long.MAX_VALUE
            : System.nanoTime() + timeout.toNanos();
  }

  /** Goes on with them, and prints them all. */
  Exit finish(Console console) throws InterruptedException {
    Semaphore pause = new Semaphore(0);
    Map<String, ExecutionRecord> going = look();
    while (isBusy(going) && (deadline == Long.MAX_VALUE || System.nanoTime() < deadline)) {
      pause.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      going = look();
    }
    return print(going, console);
  }

  /** The heads of all that have not ended; asks for those of them that nobody may be driving. */
  private Map<String, ExecutionRecord> look() {
    Map<String, ExecutionRecord> going = new LinkedHashMap<>();
    ExecutionQuery query = ExecutionQuery.NEWEST.withStatuses(GOING).withLimit(PAGE);
    List<ExecutionRecord> page = forge.operations().list(query);
    while (!page.isEmpty()) {
      page.forEach(head -> going.put(head.id(), head));
      page =
          page.size() < PAGE ? List.of() : forge.operations().list(query.after(page.get(PAGE - 1)));
    }
    for (ExecutionRecord head : going.values()) {
      if (!taken.containsKey(head.id()) && (head.worker() != null || isDue(head))) {
        ask(head.id());
      }
    }
    return going;
  }

  private void ask(String id) {
    forge
        .execution(id)
        .ifPresent(
            execution -> {
              execution.resume();
              taken.put(id, new Taken(execution, System.nanoTime()));
            });
  }

  private static boolean isDue(ExecutionRecord head) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return head.claimAtMicros() > 0 && head.claimAtMicros() <= now;
  }

  private boolean isBusy(Map<String, ExecutionRecord> going) {
    Set<String> here = here();
    return taken.values().stream()
        .anyMatch(
            one -> {
              ExecutionRecord head = going.get(one.execution.id());
              return head != null
                  && (here.contains(head.id())
                      ? moves(one.execution)
                      : isDue(head) || head.worker() != null && isHoped(one));
            });
  }

  private Set<String> here() {
    return forge.executions().stream().map(Execution::id).collect(Collectors.toSet());
  }

  private static boolean isHoped(Taken one) {
    return System.nanoTime() - one.since < PATIENCE_NANOS;
  }

  private static boolean moves(Execution execution) {
    // One look for both, as it may be taken up in between.
    ExecutionSnapshot now = execution.snapshot();
    return switch (now.status()) {
      case PENDING, RUNNING, COMPENSATING -> true;
      case WAITING -> {
        Instant wake = now.wakeAt();
        yield wake != null && wake.isBefore(Instant.now().plus(SOON));
      }
      case PAUSED, PARKED, COMPLETED, FAILED, CANCELLED -> false;
    };
  }

  private Exit print(Map<String, ExecutionRecord> going, Console console) {
    Set<String> here = here();
    List<Map<String, Object>> documents = new ArrayList<>();
    Exit worst = Exit.COMPLETED;
    for (Taken one : taken.values()) {
      ExecutionRecord head = going.get(one.execution.id());
      if (head != null && head.worker() != null && !here.contains(head.id())) {
        // Another process drives it.
        continue;
      }
      ExecutionSnapshot snapshot = one.execution.snapshot();
      documents.add(ResultDocument.of(snapshot, Instant.now()));
      Exit exit = Exit.of(snapshot.status());
      worst = exit.compareTo(worst) > 0 ? exit : worst;
    }
    console.document(Map.of("executions", documents));
    return worst;
  }
}
