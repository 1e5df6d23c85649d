package io.flowforge.internal.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last permits of a rate: the n-th from now is valid a period after the one that many permits
 * before it (a sliding log). Of large numbers one time stands for a group of permits, the last of
 * them, so that it errs towards fewer permits only.
 */
final class PermitLog {
  private static final int MOST_MARKS = 1024;
  private static final int HEAD = Long.BYTES + 2 * Integer.BYTES;

  private final long per;
  private final int group;
  private final long[] marks;
  private int next;

  /** Permits of the group that is being filled. */
  private int used;

  private long last;

  private PermitLog(int permits, long per) {
    this.per = per;
    this.group = (permits + MOST_MARKS - 1) / MOST_MARKS;
    this.marks = new long[permits / group];
  }

  /** The log that was written as bytes, or a new one. */
  static PermitLog of(int permits, long per, byte @Nullable [] bytes) {
    PermitLog log = new PermitLog(permits, per);
    if (bytes != null && bytes.length == HEAD + log.marks.length * Long.BYTES) {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      log.last = from.getLong() - per;
      log.next = from.getInt();
      log.used = from.getInt();
      from.asLongBuffer().get(log.marks);
    }
    return log;
  }

  /** From when on a log holds nobody back, in microseconds since 1970. */
  static long endMicros(byte[] bytes) {
    return bytes.length < HEAD ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  /** The next permits: from when on each is valid, never earlier than now. */
  List<Long> take(int count, long now) {
    List<Long> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(take(now));
    }
    return taken;
  }

  private long take(long now) {
    long mark = marks[next];
    long earliest = used > 0 ? mark : mark == 0 ? now : mark + per;
    long at = Math.max(now, earliest);
    marks[next] = at;
    last = Math.max(last, at);
    if (++used == group) {
      used = 0;
      next = (next + 1) % marks.length;
    }
    return at;
  }

  byte[] bytes() {
    ByteBuffer all = ByteBuffer.allocate(HEAD + marks.length * Long.BYTES);
    all.putLong(last + per).putInt(next).putInt(used);
    all.asLongBuffer().put(marks);
    return all.array();
  }
}
