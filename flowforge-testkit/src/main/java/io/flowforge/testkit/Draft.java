package io.flowforge.testkit;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step in the making. */
final class Draft {
  private final String executionId;
  private final List<NewExecution> children = new ArrayList<>();
  private final List<EventWait> awaits = new ArrayList<>();
  private final List<EventWait> forgets = new ArrayList<>();
  private final List<OutgoingMessage> messages = new ArrayList<>();
  private String worker;
  private long epoch;
  private long position;
  private String page = "{}";
  private @Nullable NewExecution create;
  private @Nullable HeadChange change;
  private long readUpTo;

  private Draft(String executionId, String worker, long epoch, long position) {
    this.executionId = executionId;
    this.worker = worker;
    this.epoch = epoch;
    this.position = position;
  }

  /** The next step of an execution that is owned. */
  static Draft after(ExecutionRecord head) {
    String worker = Objects.requireNonNull(head.worker(), "worker");
    return new Draft(head.id(), worker, head.epoch(), head.position() + 1);
  }

  /** The same step, page included. */
  static Draft like(Commit step) {
    return new Draft(step.executionId(), step.worker(), step.epoch(), step.position())
        .page(step.page());
  }

  static Draft creating(NewExecution created) {
    Draft draft = new Draft(created.id(), Objects.requireNonNull(created.worker(), "worker"), 1, 1);
    draft.create = created;
    return draft;
  }

  Draft worker(String value) {
    worker = value;
    return this;
  }

  Draft epoch(long value) {
    epoch = value;
    return this;
  }

  Draft position(long value) {
    position = value;
    return this;
  }

  Draft page(String value) {
    page = value;
    return this;
  }

  Draft change(HeadChange value) {
    change = value;
    return this;
  }

  Draft child(NewExecution child) {
    children.add(child);
    return this;
  }

  Draft await(EventWait wait) {
    awaits.add(wait);
    return this;
  }

  Draft forget(EventWait wait) {
    forgets.add(wait);
    return this;
  }

  Draft tell(String receiver, Message message) {
    messages.add(new OutgoingMessage(receiver, message));
    return this;
  }

  Draft readUpTo(long number) {
    readUpTo = number;
    return this;
  }

  Commit commit() {
    return new Commit(
        executionId,
        worker,
        epoch,
        position,
        page,
        create,
        change,
        children,
        awaits,
        forgets,
        messages,
        readUpTo);
  }
}
