package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.execution.Timestamps;
import io.flowforge.internal.run.Inbox;
import io.flowforge.internal.run.JournalEntries;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.StoredExecution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executions that will not go on by themselves, and what is done about them. */
final class DeadLetters {
  /** Kind of the records of failed executions that were dealt with. */
  static final String KIND = "dead-letter";

  private static final Set<ExecutionStatus> DEAD =
      Set.of(ExecutionStatus.PARKED, ExecutionStatus.FAILED);

  private final ExecutionAccess on;

  DeadLetters(ExecutionAccess on) {
    this.on = on;
  }

  List<DeadLetter> list(ExecutionQuery query) {
    List<DeadLetter> all = new ArrayList<>();
    ExecutionQuery page = query.withStatuses(DEAD);
    while (true) {
      List<ExecutionRecord> heads = on.get(on.store().list(page));
      Map<String, StoredExecution> whole = load(heads);
      for (ExecutionRecord head : heads) {
        StoredExecution found = whole.get(head.id());
        if (found != null && DEAD.contains(found.head().status())) {
          all.add(letter(found));
          if (all.size() == query.limit()) {
            return all;
          }
        }
      }
      if (heads.size() < page.limit()) {
        return all;
      }
      page = page.after(heads.get(heads.size() - 1));
    }
  }

  private Map<String, StoredExecution> load(List<ExecutionRecord> heads) {
    List<String> open = new ArrayList<>();
    for (ExecutionRecord head : heads) {
      boolean parked = head.status() == ExecutionStatus.PARKED;
      if (parked || on.get(on.store().read(KIND, head.id())).isEmpty()) {
        open.add(head.id());
      }
    }
    Map<String, StoredExecution> found = new HashMap<>();
    if (!open.isEmpty()) {
      on.get(on.store().load(open)).forEach(one -> found.put(one.head().id(), one));
    }
    return found;
  }

  private static DeadLetter letter(StoredExecution stored) {
    ExecutionRecord head = stored.head();
    Blame blame = Blame.of(stored.pages());
    boolean failed = head.status() == ExecutionStatus.FAILED;
    ExecutionError error = failed ? blame.error : null;
    String node = error == null ? blame.busy : error.node();
    return new DeadLetter(
        head.id(),
        head.flowId(),
        head.status(),
        head.reason(),
        node,
        error,
        node == null ? 0 : blame.attempts.getOrDefault(node, 0),
        head.recoveries(),
        Timestamps.ofMicros(head.startedMicros()));
  }

  /** What a journal tells of the node run that is to blame, without making state of it. */
  private static final class Blame {
    private final Map<String, Integer> attempts = new HashMap<>();
    private @Nullable ExecutionError error;
    private @Nullable String busy;

    static Blame of(List<String> pages) {
      Blame blame = new Blame();
      try {
        JournalEntries.of(pages).forEach(blame::add);
      } catch (RuntimeException unreadable) {
        // It is parked for just that; what came before is told.
        return blame;
      }
      return blame;
    }

    private void add(Map<?, ?> entry) {
      String kind = JournalEntries.kind(entry);
      String what = String.valueOf(entry.get(kind));
      switch (kind) {
        case "begin" -> {
          busy = what;
          attempts.put(what, (int) JournalEntries.number(entry, "n"));
        }
        case "retry", "end" -> {
          busy = what.equals(busy) && kind.equals("end") ? null : busy;
          attempts.put(what, (int) JournalEntries.number(entry, "n"));
        }
        case "decided", "ended" -> error = Inbox.errorOf(entry.get("error"));
        default -> {
          // Nothing that anything is to blame for.
        }
      }
    }
  }

  /** Remembers of a failed execution that somebody has dealt with it. */
  void dealtWith(ExecutionRecord head, String how) {
    if (head.status() == ExecutionStatus.FAILED) {
      byte[] text = how.getBytes(StandardCharsets.UTF_8);
      // When it is there already, the first word stands.
      on.get(on.store().write(KIND, head.id(), 0, text));
    }
  }

  Execution unpark(String id) {
    ExecutionRecord head = on.head(id);
    on.persistence().adopt(id);
    if (head.status() != ExecutionStatus.PARKED || !on.persistence().takeovers().unpark(id)) {
      throw ExecutionAccess.active(id, on.head(id).status(), "only what is parked is unparked");
    }
    return on.persistence().execution(id).orElseThrow(() -> Persistence.unknown(id));
  }

  void discard(String id, String reason) {
    ExecutionRecord head = on.head(id);
    switch (head.status()) {
      case FAILED -> dealtWith(head, "discarded: " + reason);
      case PARKED ->
          end(
              on.take(id)
                  .orElseThrow(
                      () ->
                          ExecutionAccess.active(
                              id, on.head(id).status(), "somebody has just taken it up")),
              reason);
      default ->
          throw ExecutionAccess.active(
              id, head.status(), "only what is parked or has failed is discarded; cancel it");
    }
  }

  private void end(ExecutionRecord taken, String reason) {
    ExecutionError error =
        ExecutionError.of("FF-DISCARDED", "discarded by an operator: " + reason, null);
    long now = on.persistence().now();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("ended", ExecutionStatus.CANCELLED.name());
    entry.put("to", now);
    entry.put("error", error.toValue());
    Commit page =
        on.next(taken, Json.write(List.of(entry)))
            .with(HeadChange.ended(ExecutionStatus.CANCELLED, error.code(), now));
    if (on.write(ExecutionAccess.with(page, taken.inbox(), endingNews(taken, error)))
        != Commit.Result.APPLIED) {
      throw ExecutionAccess.fenced();
    }
  }

  /** The news for the run that started it and waits for its end. */
  private static List<OutgoingMessage> endingNews(ExecutionRecord taken, ExecutionError error) {
    Start.Parent parent = Restarts.start(taken).parent();
    if (parent == null || !parent.awaited()) {
      return List.of();
    }
    String payload = Inbox.ending(ExecutionStatus.CANCELLED, Map.of(), error.toValue());
    Message news = new Message("child " + taken.id(), Message.Kind.CHILD, parent.path(), payload);
    return List.of(new OutgoingMessage(parent.executionId(), news));
  }
}
