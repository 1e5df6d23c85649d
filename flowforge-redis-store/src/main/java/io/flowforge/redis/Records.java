package io.flowforge.redis;

import static io.flowforge.redis.Arguments.bytes;
import static io.flowforge.redis.Arguments.text;

import io.flowforge.spi.store.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads records, which are kept as revision, call and value with colons between. */
final class Records {
  /** Behind every byte that UTF-8 knows. */
  private static final int BEHIND_ALL = 0xff;

  private Records() {}

  static StoredRecord read(String kind, String key, byte[] stored) {
    int first = colon(stored, 0);
    int second = colon(stored, first + 1);
    String revision = new String(stored, 0, first, StandardCharsets.US_ASCII);
    byte[] value = Arrays.copyOfRange(stored, second + 1, stored.length);
    return new StoredRecord(kind, key, Long.parseLong(revision), value);
  }

  private static int colon(byte[] stored, int from) {
    int at = from;
    while (stored[at] != ':') {
      at++;
    }
    return at;
  }

  /** Keys and records by turns. */
  static List<StoredRecord> readAll(String kind, List<?> answer) {
    List<StoredRecord> found = new ArrayList<>();
    for (int i = 0; i < answer.size(); i += 2) {
      found.add(read(kind, text(answer.get(i)), (byte[]) answer.get(i + 1)));
    }
    return found;
  }

  static Arguments scan(String kind, String prefix, String after, int limit) {
    boolean behind = !after.isEmpty() && Arrays.compareUnsigned(bytes(after), bytes(prefix)) >= 0;
    return new Arguments()
        .add(kind)
        .add(behind ? "(" + after : "[" + prefix)
        .add(end(prefix))
        .add(limit);
  }

  private static byte[] end(String prefix) {
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes(bytes("(" + prefix));
    end.write(BEHIND_ALL);
    return end.toByteArray();
  }
}
