package io.flowforge.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call of a script. */
final class Arguments {
  private static final byte[] EMPTY = {};
  private final List<byte[]> all;

  Arguments() {
    this(8);
  }

  /** Some arguments, about so many. */
  Arguments(int about) {
    all = new ArrayList<>(about);
  }

  Arguments add(byte[] value) {
    all.add(value);
    return this;
  }

  /** A text; null is the empty one. */
  Arguments add(@Nullable String value) {
    return add(value == null || value.isEmpty() ? EMPTY : bytes(value));
  }

  Arguments add(long value) {
    return add(Long.toString(value));
  }

  Arguments addFlag(boolean value) {
    return add(value ? "1" : "0");
  }

  Arguments addAll(Iterable<byte[]> values) {
    values.forEach(all::add);
    return this;
  }

  /** All of them, behind the id of the store. */
  byte[][] behind(byte[] storeId) {
    byte[][] whole = new byte[all.size() + 1][];
    whole[0] = storeId;
    for (int i = 1; i < whole.length; i++) {
      whole[i] = all.get(i - 1);
    }
    return whole;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  /** Joins texts as the function of that name in common.lua does: each behind its length. */
  static String join(Iterable<String> parts) {
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      joined.append(bytes(part).length).append(':').append(part);
    }
    return joined.toString();
  }

  static String join(Map<String, String> pairs) {
    List<String> parts = new ArrayList<>();
    pairs.forEach(
        (name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    return join(parts);
  }

  /** The reverse of {@link #join(Map)}. */
  static List<String> split(byte[] joined) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < joined.length) {
      int length = 0;
      for (; joined[at] != ':'; at++) {
        length = length * 10 + joined[at] - '0';
      }
      parts.add(new String(joined, at + 1, length, StandardCharsets.UTF_8));
      at += 1 + length;
    }
    return parts;
  }
}
