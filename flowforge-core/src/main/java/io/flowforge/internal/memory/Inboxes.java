package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.Message.Receipt;
import io.flowforge.spi.store.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;

/** Brings messages to executions. */
final class Inboxes {
  private final Rows rows;
  private final Lines lines;
  private boolean news;

  Inboxes(Rows rows) {
    this.rows = rows;
    this.lines = new Lines(rows, this);
  }

  Lines lines() {
    return lines;
  }

  Receipt send(String executionId, Message message, long now) {
    Row row = rows.find(executionId);
    if (row == null) {
      return Receipt.UNKNOWN;
    }
    // First of all: who sends again because an answer was lost wants to hear of the first message.
    if (row.messageIds.contains(message.id())) {
      return Receipt.DUPLICATE;
    }
    if (row.status.isFinal()) {
      return Receipt.FINAL;
    }
    put(row, message, now);
    return Receipt.STORED;
  }

  /** Adds a message to an execution that has not ended, whatever its id. */
  void put(Row row, Message message, long now) {
    row.messageIds.add(message.id());
    boolean sleeps = lines.sleepsOn(row, message, now);
    rows.change(
        row,
        () -> {
          row.inbox++;
          row.unread.add(new ReceivedMessage(row.id(), row.inbox, message));
          boolean asleep = row.claimAtMicros == 0 || row.claimAtMicros > now;
          if (row.worker == null && row.status != ExecutionStatus.PARKED && asleep && !sleeps) {
            row.claimAtMicros = now;
          }
        });
    news = true;
  }

  void forgetRead(Row row, long upTo) {
    rows.change(row, () -> row.unread.removeIf(one -> one.number() <= upTo));
  }

  List<ReceivedMessage> of(String worker, int limit) {
    List<ReceivedMessage> found = new ArrayList<>();
    for (Row row : rows.withMail(worker)) {
      for (ReceivedMessage one : row.unread) {
        if (found.size() >= limit) {
          return found;
        }
        found.add(one);
      }
    }
    return found;
  }

  /** Something may be claimed that could not be before. */
  void noteClaimable() {
    news = true;
  }

  /** Whether there is a message or something to claim since the last call. */
  boolean takeNews() {
    boolean had = news;
    news = false;
    return had;
  }
}
