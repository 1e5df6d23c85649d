package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import java.util.List;

/** What goes to the store with the last page of a run, besides the entry of its end. */
final class LastPage {
  private LastPage() {}

  /** Adds the news for the run that started it, and the flow that is started for its failure. */
  static void complete(Run run, List<OutgoingMessage> messages, List<NewExecution> children) {
    ExecutionStatus status = run.ending.decided();
    ExecutionError error = run.ending.error();
    Start.Parent parent = run.start.parent();
    if (parent != null && parent.awaited()) {
      String payload =
          Inbox.ending(status, run.ending.outputs(), error == null ? null : error.toValue());
      messages.add(
          new OutgoingMessage(
              parent.executionId(),
              new Message("child " + run.id(), Message.Kind.CHILD, parent.path(), payload)));
    }
    String errorFlow = run.ending.errorFlow();
    if (errorFlow != null && error != null) {
      NewExecution child = run.host.newErrorFlow(run, errorFlow, error);
      if (child != null) {
        children.add(child);
      }
    }
  }
}
