package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Commit.Result;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.ReceivedMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the steps of executions. */
final class Steps {
  private final Rows rows;
  private final Leases leases;
  private final Inboxes inboxes;
  private final Topics topics;

  Steps(Rows rows, Leases leases, Inboxes inboxes, Topics topics) {
    this.rows = rows;
    this.leases = leases;
    this.inboxes = inboxes;
    this.topics = topics;
  }

  List<Result> apply(List<Commit> commits, long now) {
    // All of them first: a call that is refused as a whole must leave nothing behind.
    Set<String> ids = new HashSet<>();
    for (Commit commit : commits) {
      if (!ids.add(commit.executionId())) {
        throw Misuse.of("a call must not hold two steps of one execution");
      }
      check(commit, now);
    }
    List<Result> results = new ArrayList<>(commits.size());
    for (Commit commit : commits) {
      Result refusal = refusal(commit, now);
      if (refusal == null) {
        write(commit, now);
      }
      results.add(refusal == null ? Result.APPLIED : refusal);
    }
    return results;
  }

  private void check(Commit commit, long now) {
    NewExecution created = commit.create();
    if (created != null
        && !(created.id().equals(commit.executionId())
            && commit.worker().equals(created.worker())
            && commit.epoch() == 1
            && commit.position() == 1)) {
      throw Misuse.of("a step that creates an execution must be its first, by its own worker");
    }
    for (NewExecution child : commit.children()) {
      if (child.worker() != null && !child.worker().equals(commit.worker())) {
        throw Misuse.of("a child belongs to the worker that creates it, or to nobody");
      }
    }
    Row row = rows.find(commit.executionId());
    if (row != null && owns(commit, row, now) && commit.position() > row.pages.size() + 1) {
      throw Misuse.of(
          "page %d cannot follow page %d".formatted(commit.position(), row.pages.size()));
    }
  }

  /** Why a step is not written, or null when it shall be. {@code APPLIED} is one as well. */
  private @Nullable Result refusal(Commit commit, long now) {
    Row row = rows.find(commit.executionId());
    if (row == null) {
      boolean may = commit.create() != null && leases.lives(commit.worker(), now);
      return may ? null : Result.FENCED;
    }
    if (stands(commit, row)) {
      return Result.APPLIED;
    }
    if (commit.create() != null) {
      return Result.EXISTS;
    }
    if (!owns(commit, row, now) || commit.position() <= row.pages.size()) {
      return Result.FENCED;
    }
    boolean listens = leaves(commit.change()) && !parks(commit.change());
    return listens && hasUnread(row, commit.readUpTo()) ? Result.UNREAD : null;
  }

  /** Whether this very step was written before. */
  private static boolean stands(Commit commit, Row row) {
    if (commit.position() > row.pages.size()) {
      return false;
    }
    Row.Page page = row.pages.get((int) commit.position() - 1);
    return page.epoch() == commit.epoch()
        && page.worker().equals(commit.worker())
        && page.text().equals(commit.page());
  }

  private boolean owns(Commit commit, Row row, long now) {
    return (Mutants.NO_EPOCH_CHECK
            || commit.worker().equals(row.worker) && commit.epoch() == row.epoch)
        && leases.lives(commit.worker(), now);
  }

  private static boolean leaves(@Nullable HeadChange change) {
    return change != null && (change.release() || change.status().isFinal());
  }

  private static boolean parks(@Nullable HeadChange change) {
    return change != null && change.status() == ExecutionStatus.PARKED;
  }

  private static boolean hasUnread(Row row, long readUpTo) {
    ReceivedMessage last = row.unread.peekLast();
    return last != null && last.number() > readUpTo;
  }

  private void write(Commit commit, long now) {
    if (commit.create() != null) {
      rows.add(new Row(commit.create()));
    }
    Row row = Objects.requireNonNull(rows.find(commit.executionId()));
    row.pages.add(new Row.Page(commit.worker(), commit.epoch(), commit.page()));
    inboxes.forgetRead(row, commit.readUpTo());
    if (commit.change() != null) {
      change(row, commit.change(), now);
    }
    QueuePlace place = commit.create() == null ? null : commit.create().place();
    if (place != null && !row.status.isFinal()) {
      inboxes.lines().enter(row, place, now);
    }
    commit.forgets().forEach(wait -> topics.forget(row, wait));
    if (!row.status.isFinal()) {
      commit.awaits().forEach(wait -> topics.await(row, wait, now));
    }
    commit.children().forEach(child -> add(child, now));
    commit.messages().forEach(one -> inboxes.send(one.executionId(), one.message(), now));
  }

  private void change(Row row, HeadChange change, long now) {
    rows.change(
        row,
        () -> {
          row.status = change.status();
          row.reason = change.reason();
          row.flowHash = change.flowHash() == null ? row.flowHash : change.flowHash();
          row.recoveries = change.progressed() ? 0 : row.recoveries;
          if (leaves(change)) {
            row.worker = null;
            row.claimAtMicros = row.status.isFinal() ? 0 : change.claimAtMicros();
            row.finishedMicros = row.status.isFinal() ? change.finishedMicros() : 0;
          }
        });
    if (row.status.isFinal()) {
      topics.forgetAll(row);
      inboxes.lines().leave(row, now);
    } else if (row.claimAtMicros != 0 && row.claimAtMicros <= now) {
      inboxes.noteClaimable();
    }
  }

  private void add(NewExecution child, long now) {
    if (rows.find(child.id()) == null) {
      Row row = new Row(child);
      if (child.worker() == null && child.place() == null) {
        row.claimAtMicros = now;
        inboxes.noteClaimable();
      }
      rows.add(row);
      if (child.place() != null) {
        inboxes.lines().enter(row, child.place(), now);
      }
    }
  }
}
