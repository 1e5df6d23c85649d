package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.QueuePlace.WhenFull;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The queues: who is admitted, and who waits in line.
 *
 * <p>Whoever admits holds the slot of the queue. A place is taken away from one who waits under the
 * lock of its execution alone; so whoever admits changes the execution first and then the place,
 * and finds out by the latter whether it was still there. Only executions in a queue have a row
 * here, and a name in their column {@code queue}.
 */
final class Places {
  private static final int LATER = 0;
  private static final int WAITING = 1;

  private record Place(String id, String queue, WhenFull whenFull, int stand) {}

  private record Turn(String id, long limit, long admitted) {}

  private Places() {}

  /** What to lock for a queue, with {@link Slots}. */
  static String slot(String queue) {
    return "queue " + queue;
  }

  /** Names of the queues that executions are created in. */
  static Set<String> queues(Collection<NewExecution> executions) {
    Set<String> queues = new TreeSet<>();
    for (NewExecution one : executions) {
      if (one.place() != null) {
        queues.add(one.place().queue());
      }
    }
    return queues;
  }

  /** Takes new executions into their queues; whether one of any may be claimed now. */
  static boolean enter(Session session, List<NewExecution> created) throws SQLException {
    boolean news = false;
    for (NewExecution one : created) {
      if (one.place() != null) {
        news |= enter(session, one.id(), one.place());
      }
    }
    return news;
  }

  private static boolean enter(Session session, String id, QueuePlace place) throws SQLException {
    boolean later = place.notBeforeMicros() > session.now();
    long last =
        session
            .query(
                "SELECT MAX(q.number) FROM {queued} q WHERE q.queue = ?",
                row -> row.number(1),
                place.queue())
            .get(0);
    session.update(
        "INSERT INTO {queued} (execution_id, queue, number, priority, most, when_full, stand,"
            + " displaced) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        id,
        place.queue(),
        last + 1,
        place.priority(),
        place.limit(),
        place.whenFull().name(),
        later ? LATER : WAITING);
    session.update(
        "UPDATE {execution} SET queue = ?, claim_at = ? WHERE id = ?",
        place.queue(),
        later ? place.notBeforeMicros() : null,
        id);
    return !later && join(session, new Place(id, place.queue(), place.whenFull(), WAITING));
  }

  /** One that waits from now on is admitted, or dealt with as it wishes. */
  private static boolean join(Session session, Place place) throws SQLException {
    boolean news = admit(session, place.queue());
    List<Place> now = find(session, List.of(place.id()));
    if (now.isEmpty() || now.get(0).stand() != WAITING) {
      return news;
    }
    return switch (place.whenFull()) {
      case WAIT -> news;
      case WAIT_ALONE -> othersWait(session, place) && refuse(session, place) || news;
      case REFUSE -> refuse(session, place) || news;
      case DISPLACE -> displaceOne(session, place) || news;
    };
  }

  private static boolean othersWait(Session session, Place place) throws SQLException {
    return session
            .query(
                "SELECT q.execution_id FROM {queued} q WHERE q.queue = ? AND q.stand = 1 LIMIT 2",
                row -> row.text(1),
                place.queue())
            .size()
        > 1;
  }

  private static boolean refuse(Session session, Place place) throws SQLException {
    session.update(
        "UPDATE {execution} SET reason = ?, claim_at = {now} WHERE id = ?",
        QueuePlace.REFUSED,
        place.id());
    session.update("DELETE FROM {queued} WHERE execution_id = ?", place.id());
    return true;
  }

  private static boolean displaceOne(Session session, Place newer) throws SQLException {
    List<String> oldest =
        session.query(
            "SELECT q.execution_id FROM {queued} q WHERE q.queue = ? AND q.stand > 0"
                + " AND q.displaced = 0 AND q.execution_id <> ?"
                + " ORDER BY q.stand DESC, q.number LIMIT 1",
            row -> row.text(1),
            newer.queue(),
            newer.id());
    for (String id : oldest) {
      session.update("UPDATE {queued} SET displaced = 1 WHERE execution_id = ?", id);
      Delivery.deliver(
          session,
          Locked.rows(session, oldest),
          List.of(new OutgoingMessage(id, QueuePlace.displaced(newer.id()))),
          null);
    }
    return !oldest.isEmpty();
  }

  /** Admits who is next in a queue whose slot is locked; whether there is one. */
  private static boolean admit(Session session, String queue) throws SQLException {
    boolean news = false;
    while (true) {
      List<Turn> first =
          session.query(
              "SELECT q.execution_id, q.most, (SELECT COUNT(*) FROM {queued} a"
                  + " WHERE a.queue = q.queue AND a.stand = 2) FROM {queued} q"
                  + " WHERE q.queue = ? AND q.stand = 1 ORDER BY q.priority, q.number LIMIT 1",
              row -> new Turn(row.text(1), row.number(2), row.number(3)),
              queue);
      if (first.isEmpty() || first.get(0).admitted() >= first.get(0).limit()) {
        return news;
      }
      String id = first.get(0).id();
      session.update(
          "UPDATE {execution} SET claim_at = {now} WHERE id = ? AND worker IS NULL"
              + " AND status <> 'PARKED'",
          id);
      session.update("UPDATE {queued} SET stand = 2 WHERE execution_id = ? AND stand = 1", id);
      news = true;
    }
  }

  /** Executions have ended whose queues' slots are locked; whether others are admitted for them. */
  static boolean leave(Session session, List<Locked> ended) throws SQLException {
    Set<String> queues = new TreeSet<>();
    for (Locked head : ended) {
      if (head.queue != null) {
        session.update("DELETE FROM {queued} WHERE execution_id = ?", head.id);
        queues.add(head.queue);
      }
    }
    boolean news = false;
    for (String queue : queues) {
      news |= admit(session, queue);
    }
    return news;
  }

  /**
   * Whether messages leave a locked execution asleep, because its turn has not come. A cancellation
   * takes it out of the line.
   */
  static boolean sleepsOn(Session session, Locked receiver, boolean cancelled) throws SQLException {
    if (receiver.queue == null) {
      return false;
    }
    if (cancelled) {
      session.update("DELETE FROM {queued} WHERE execution_id = ? AND stand <> 2", receiver.id);
      return false;
    }
    return isHeld(session, receiver.id);
  }

  /** Whether the turn of an execution has not come. */
  static boolean isHeld(Session session, String id) throws SQLException {
    return !session
        .query(
            "SELECT q.stand FROM {queued} q WHERE q.execution_id = ? AND q.stand <> 2",
            row -> row.number(1),
            id)
        .isEmpty();
  }

  /** Those of some due and locked executions that may be claimed; others join their lines. */
  static List<String> ready(Session session, List<String> ids, Set<String> queued)
      throws SQLException {
    if (queued.isEmpty()) {
      return ids;
    }
    List<String> ready = new ArrayList<>(ids);
    for (Place place : find(session, List.copyOf(queued))) {
      if (place.stand() == LATER) {
        Slots.lock(session, List.of(slot(place.queue())));
        session.update("UPDATE {execution} SET claim_at = NULL WHERE id = ?", place.id());
        session.update("UPDATE {queued} SET stand = 1 WHERE execution_id = ?", place.id());
        join(session, place);
        if (isHeld(session, place.id())) {
          ready.remove(place.id());
        }
      }
    }
    return ready;
  }

  private static List<Place> find(Session session, List<String> ids) throws SQLException {
    return session.query(
        "SELECT q.execution_id, q.queue, q.when_full, q.stand FROM {queued} q"
            + " WHERE q.execution_id {in} ORDER BY q.queue, q.number",
        row ->
            new Place(row.text(1), row.text(2), WhenFull.valueOf(row.text(3)), (int) row.number(4)),
        new Ids(ids));
  }
}
