package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes records. Keys are kept as UTF-8 bytes, in whose order they are listed. */
final class Records {
  private Records() {}

  static Optional<StoredRecord> read(Session session, String kind, String key) throws SQLException {
    return session
        .query(
            "SELECT r.record_key, r.revision, r.content FROM {record} r"
                + " WHERE r.kind = ? AND r.record_key = ?",
            row -> read(kind, row),
            kind,
            bytes(key))
        .stream()
        .findFirst();
  }

  private static StoredRecord read(String kind, Row row) throws SQLException {
    return new StoredRecord(
        kind, new String(row.bytes(1), StandardCharsets.UTF_8), row.number(2), row.bytes(3));
  }

  static boolean write(
      Session session, String kind, String key, long revision, byte @Nullable [] value)
      throws SQLException {
    byte[] name = bytes(key);
    if (revision == 0) {
      if (read(session, kind, key).isPresent()) {
        return false;
      }
      if (value != null) {
        session.update(
            "INSERT INTO {record} (kind, record_key, revision, content) VALUES (?, ?, 1, ?)",
            kind,
            name,
            value);
      }
      return true;
    }
    if (value == null) {
      return 1
          == session.update(
              "DELETE FROM {record} WHERE kind = ? AND record_key = ? AND revision = ?",
              kind,
              name,
              revision);
    }
    return 1
        == session.update(
            "UPDATE {record} SET revision = revision + 1, content = ?"
                + " WHERE kind = ? AND record_key = ? AND revision = ?",
            value,
            kind,
            name,
            revision);
  }

  /** Whether a record is what a write has made of it, whose outcome was not known. */
  static boolean isWritten(
      Session session, String kind, String key, long revision, byte @Nullable [] value)
      throws SQLException {
    Optional<StoredRecord> found = read(session, kind, key);
    if (value == null) {
      return found.isEmpty();
    }
    return found.isPresent()
        && found.get().revision() == revision + 1
        && Arrays.equals(found.get().value(), value);
  }

  static List<StoredRecord> scan(
      Session session, String kind, String prefix, String after, int limit) throws SQLException {
    byte[] from = bytes(prefix);
    byte[] behind = bytes(after);
    byte[] end = behindAll(from);
    StringBuilder text =
        new StringBuilder(
            "SELECT r.record_key, r.revision, r.content FROM {record} r WHERE r.kind = ?"
                + " AND r.record_key >= ?");
    List<Object> values = new java.util.ArrayList<>(List.of(kind, from));
    if (end.length > 0) {
      text.append(" AND r.record_key < ?");
      values.add(end);
    }
    if (behind.length > 0) {
      text.append(" AND r.record_key > ?");
      values.add(behind);
    }
    values.add(limit);
    return session.query(
        text.append(" ORDER BY r.record_key LIMIT ?").toString(),
        row -> read(kind, row),
        values.toArray());
  }

  /** The first key behind all that begin so; empty when there is none. */
  private static byte[] behindAll(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xff) {
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
      }
    }
    return new byte[0];
  }

  private static byte[] bytes(String key) {
    return Texts.whole(key).getBytes(StandardCharsets.UTF_8);
  }
}
