package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An execution with all that belongs to it. What {@link Rows} finds it by changes only there. */
final class Row {
  final NewExecution created;
  final List<Page> pages = new ArrayList<>();
  final Deque<ReceivedMessage> unread = new ArrayDeque<>();

  /** Ids of all messages it ever got, so that none comes twice. */
  final Set<String> messageIds = new HashSet<>();

  final Set<EventWait> waits = new LinkedHashSet<>();

  /** Its place in a queue; null outside of any. */
  Lines.@Nullable Place place;

  ExecutionStatus status = ExecutionStatus.PENDING;
  String flowHash;
  @Nullable String reason;
  @Nullable String worker;
  long epoch = 1;
  long inbox;
  int recoveries;
  long claimAtMicros;
  long finishedMicros;

  /** A page of the journal, and who wrote it. */
  record Page(String worker, long epoch, String text) {}

  Row(NewExecution created) {
    this.created = created;
    this.flowHash = created.flowHash();
    this.worker = created.worker();
  }

  String id() {
    return created.id();
  }

  ExecutionRecord head() {
    return new ExecutionRecord(
        created.id(),
        created.flowId(),
        flowHash,
        created.tenant(),
        created.attributes(),
        created.start(),
        status,
        reason,
        worker,
        epoch,
        pages.size(),
        inbox,
        recoveries,
        claimAtMicros,
        created.startedMicros(),
        finishedMicros);
  }

  StoredExecution whole() {
    return new StoredExecution(
        head(), pages.stream().map(Page::text).toList(), List.copyOf(unread));
  }
}
