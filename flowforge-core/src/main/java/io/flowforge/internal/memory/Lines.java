package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.QueuePlace;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queues: who is admitted, and who waits in line. */
final class Lines {
  private final Rows rows;
  private final Inboxes inboxes;
  private final Map<String, Line> lines = new HashMap<>();
  private long accepted;

  Lines(Rows rows, Inboxes inboxes) {
    this.rows = rows;
    this.inboxes = inboxes;
  }

  /** Where an execution stands. */
  enum Stand {
    LATER,
    WAITING,
    ADMITTED
  }

  /** The place of one execution. */
  static final class Place {
    private final QueuePlace asked;
    private final long number;
    private Stand stand = Stand.LATER;
    private boolean displaced;

    Place(QueuePlace asked, long number) {
      this.asked = asked;
      this.number = number;
    }

    boolean isAdmitted() {
      return stand == Stand.ADMITTED;
    }
  }

  /** The order of those that wait. */
  private record Turn(int priority, long number) implements Comparable<Turn> {
    static Turn of(Place place) {
      return new Turn(place.asked.priority(), place.number);
    }

    @Override
    public int compareTo(Turn other) {
      int order = Integer.compare(priority, other.priority);
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  /** One queue. */
  private static final class Line {
    private final TreeMap<Turn, Row> waiting = new TreeMap<>();
    private final TreeMap<Long, Row> admitted = new TreeMap<>();
  }

  /** Takes a new execution into its queue. */
  void enter(Row row, QueuePlace asked, long now) {
    Place place = new Place(asked, ++accepted);
    row.place = place;
    rows.change(
        row,
        () -> {
          row.worker = null;
          row.claimAtMicros = asked.notBeforeMicros() > now ? asked.notBeforeMicros() : 0;
        });
    if (row.claimAtMicros == 0) {
      join(row, place, now);
    }
  }

  /** Whether an execution that is due may be claimed; one whose time has come joins its line. */
  boolean lets(Row row, long now) {
    Place place = row.place;
    if (place != null && place.stand == Stand.LATER && row.claimAtMicros <= now) {
      rows.change(row, () -> row.claimAtMicros = 0);
      join(row, place, now);
      place = row.place;
    }
    return place == null || place.isAdmitted();
  }

  private void join(Row row, Place place, long now) {
    place.stand = Stand.WAITING;
    Line line = lines.computeIfAbsent(place.asked.queue(), name -> new Line());
    line.waiting.put(Turn.of(place), row);
    admit(place.asked.queue(), now);
    if (place.stand == Stand.WAITING) {
      whenFull(row, place, line, now);
    }
  }

  private void whenFull(Row row, Place place, Line line, long now) {
    switch (place.asked.whenFull()) {
      case WAIT -> {}
      case WAIT_ALONE -> {
        if (line.waiting.size() > 1) {
          refuse(row, now);
        }
      }
      case REFUSE -> refuse(row, now);
      case DISPLACE -> displaceOne(row, line, now);
    }
  }

  private void refuse(Row row, long now) {
    leave(row, now);
    rows.change(
        row,
        () -> {
          row.reason = QueuePlace.REFUSED;
          row.claimAtMicros = now;
        });
    inboxes.noteClaimable();
  }

  private void displaceOne(Row newer, Line line, long now) {
    Row oldest = null;
    for (Row row : line.admitted.values()) {
      oldest = oldest == null && !placeOf(row).displaced ? row : oldest;
    }
    for (Row row : line.waiting.values()) {
      boolean older = oldest == null || isWaiting(oldest) && isBefore(row, oldest);
      oldest = row != newer && !placeOf(row).displaced && older ? row : oldest;
    }
    if (oldest != null) {
      placeOf(oldest).displaced = true;
      inboxes.send(oldest.id(), QueuePlace.displaced(newer.id()), now);
    }
  }

  private static boolean isWaiting(Row row) {
    return placeOf(row).stand == Stand.WAITING;
  }

  private static boolean isBefore(Row row, Row other) {
    return placeOf(row).number < placeOf(other).number;
  }

  private static Place placeOf(Row row) {
    return Objects.requireNonNull(row.place);
  }

  /** Whether a message leaves an execution asleep, because its turn has not come. */
  boolean sleepsOn(Row row, Message message, long now) {
    Place place = row.place;
    if (place == null || place.isAdmitted()) {
      return false;
    }
    if (message.kind() == Message.Kind.CANCEL) {
      leave(row, now);
      return false;
    }
    return true;
  }

  /** An execution has ended, or is taken out; the next ones are admitted. */
  void leave(Row row, long now) {
    Place place = row.place;
    if (place == null) {
      return;
    }
    row.place = null;
    Line line = lines.get(place.asked.queue());
    if (line != null) {
      line.waiting.remove(Turn.of(place));
      line.admitted.remove(place.number);
      admit(place.asked.queue(), now);
    }
  }

  private void admit(String queue, long now) {
    Line line = Objects.requireNonNull(lines.get(queue));
    Row next = first(line);
    while (next != null && line.admitted.size() < placeOf(next).asked.limit()) {
      Place place = placeOf(next);
      line.waiting.remove(Turn.of(place));
      line.admitted.put(place.number, next);
      place.stand = Stand.ADMITTED;
      offer(next, now);
      next = first(line);
    }
    if (line.waiting.isEmpty() && line.admitted.isEmpty()) {
      lines.remove(queue);
    }
  }

  private static @Nullable Row first(Line line) {
    return line.waiting.isEmpty() ? null : line.waiting.firstEntry().getValue();
  }

  private void offer(Row row, long now) {
    if (row.worker == null && row.status != ExecutionStatus.PARKED) {
      rows.change(row, () -> row.claimAtMicros = now);
      inboxes.noteClaimable();
    }
  }
}
