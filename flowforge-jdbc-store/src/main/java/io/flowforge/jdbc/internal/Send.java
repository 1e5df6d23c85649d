package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.OutgoingMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Sends a message. */
final class Send implements Work<Message.Receipt> {
  private final OutgoingMessage outgoing;

  Send(OutgoingMessage outgoing) {
    this.outgoing = outgoing;
  }

  @Override
  public Message.Receipt run(Session session) throws SQLException {
    String id = outgoing.executionId();
    Map<String, Locked> locked = Locked.rows(session, List.of(id));
    Locked receiver = locked.get(id);
    if (receiver == null) {
      return Message.Receipt.UNKNOWN;
    }
    // First, so that one whose answer was lost is told that it came.
    if (Delivery.isSeen(session, outgoing)) {
      return Message.Receipt.DUPLICATE;
    }
    if (receiver.status.isFinal()) {
      return Message.Receipt.FINAL;
    }
    Delivery.deliver(session, locked, List.of(outgoing), null);
    session.sql().dialect().tellOthers(session);
    return Message.Receipt.STORED;
  }

  @Override
  public Points points() {
    return Points.SEND;
  }
}
