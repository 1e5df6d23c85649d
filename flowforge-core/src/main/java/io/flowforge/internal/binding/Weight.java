package io.flowforge.internal.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a value is plain and immutable all the way down, and if so how large and how deep,
 * without changing or allocating anything.
 *
 * <p>Runs for every node of every execution. A weight is a size in bytes, roughly that of the
 * value's JSON, above seven bits of depth; negative when the value has to be converted first. Known
 * to be immutable are our own {@link PlainMap} and {@link PlainList}, which remember their weight,
 * and the JDK's {@code Map.of}, {@code List.of}, their empty and singleton kin; these are told by
 * their class alone, as their views would be, too, if anybody could change what lies below.
 */
final class Weight {
  /** The greatest depth of lists and maps in a value. */
  static final int MAX_DEPTH = 64;

  /** Must be converted: not plain, or not known to be immutable. */
  static final long NOT_PLAIN = -1;

  /** Deeper than there is room for. */
  static final long TOO_DEEP = -2;

  /** A list or map without anything in it. */
  static final long EMPTY = 2 << 7 | 1;

  private static final int DEPTH_BITS = 7;
  private static final int DEPTH = (1 << DEPTH_BITS) - 1;
  private static final int NUMBER = 8;
  private static final int WORD = 4;
  static final int MAP_ENTRY = 4;
  static final int LIST_ENTRY = 1;

  private static final Class<?> MAP_1 = Map.of(1, 1).getClass();
  private static final Class<?> MAP_N = Map.of(1, 1, 2, 2).getClass();
  private static final Class<?> EMPTY_MAP = Collections.emptyMap().getClass();
  private static final Class<?> SINGLETON_MAP = Collections.singletonMap(1, 1).getClass();
  private static final Class<?> LIST_12 = List.of(1).getClass();
  private static final Class<?> LIST_N = List.of(1, 2, 3).getClass();
  private static final Class<?> EMPTY_LIST = Collections.emptyList().getClass();
  private static final Class<?> SINGLETON_LIST = Collections.singletonList(1).getClass();

  private Weight() {}

  /** Weighs a value that may hold as many levels of lists and maps as there is room. */
  static long of(@Nullable Object value, int room) {
    if (value == null) {
      return (long) WORD << DEPTH_BITS;
    }
    Class<?> type = value.getClass();
    if (type == String.class) {
      return text((String) value);
    }
    if (type == Integer.class) {
      return (long) NUMBER << DEPTH_BITS;
    }
    if (type == PlainMap.class) {
      return ((PlainMap) value).weight(room);
    }
    if (type == MAP_1) {
      return single((Map<?, ?>) value, room);
    }
    if (type == MAP_N || type == EMPTY_MAP || type == SINGLETON_MAP) {
      return map((Map<?, ?>) value, room);
    }
    if (type == PlainList.class) {
      return ((PlainList) value).weight(room);
    }
    if (type == LIST_12 || type == LIST_N || type == EMPTY_LIST || type == SINGLETON_LIST) {
      return list((List<?>) value, room);
    }
    return rareScalar(value, type);
  }

  /** As {@link #of}, but walks no list or map of others. */
  static long shallow(@Nullable Object value, int room) {
    if (value instanceof PlainMap map) {
      return map.weight(room);
    }
    if (value instanceof PlainList list) {
      return list.weight(room);
    }
    if (value == null) {
      return (long) WORD << DEPTH_BITS;
    }
    if (value instanceof String text) {
      return text(text);
    }
    return value instanceof Integer
        ? (long) NUMBER << DEPTH_BITS
        : rareScalar(value, value.getClass());
  }

  /** The bytes in a weight that is not negative. */
  static long size(long weight) {
    return weight >>> DEPTH_BITS;
  }

  /** The weight of a text in UTF-8. */
  static long text(String text) {
    int length = text.length();
    int bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= text.charAt(i); // without a branch: the loop unrolls
    }
    return bits < 0x80 ? (long) length << DEPTH_BITS : wideText(text);
  }

  private static long wideText(String text) {
    long size = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        size++;
      } else if (unit < 0x800) {
        size += 2;
      } else if (!Character.isSurrogate(unit)) {
        size += 3;
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        size += 4;
        i++;
      } else {
        return NOT_PLAIN;
      }
    }
    return size << DEPTH_BITS;
  }

  /** The weight of a list or map around what it holds. */
  static long around(long size, long depth) {
    return size << DEPTH_BITS | depth + 1;
  }

  /** The depth in a weight that is not negative. */
  static long depth(long weight) {
    return weight & DEPTH;
  }

  /**
   * What a list or map may remember of its weight, in one word that is written at once: nothing
   * when it is too heavy for that or was cut off by its depth, which depends on what is around it.
   */
  static int remembered(long weight) {
    return weight == TOO_DEEP || weight > Integer.MAX_VALUE ? 0 : (int) weight;
  }

  /** Weighs what a map of ours holds. */
  static long entries(PlainKeys keys, @Nullable Object[] values, int room) {
    if (room == 0) {
      return TOO_DEEP;
    }
    long size = keys.weight();
    if (size < 0) {
      return NOT_PLAIN;
    }
    long depth = 0;
    for (Object element : values) {
      long value = of(element, room - 1);
      if (value < 0) {
        return value;
      }
      size += size(value);
      depth = Math.max(depth, depth(value));
    }
    return around(2 + size, depth);
  }

  /** Weighs what a list of ours holds. */
  static long elements(@Nullable Object[] values, int room) {
    if (room == 0) {
      return TOO_DEEP;
    }
    long size = 2;
    long depth = 0;
    for (Object element : values) {
      long value = of(element, room - 1);
      if (value < 0) {
        return value;
      }
      size += size(value) + LIST_ENTRY;
      depth = Math.max(depth, depth(value));
    }
    return around(size, depth);
  }

  /** As {@link #map}, apart from it so that the JIT sees one class of map and none of its loop. */
  private static long single(Map<?, ?> map, int room) {
    if (room == 0) {
      return TOO_DEEP;
    }
    Map.Entry<?, ?> entry = map.entrySet().iterator().next();
    long key = name(entry.getKey());
    long value = of(entry.getValue(), room - 1);
    if ((key | value) < 0) {
      return key < 0 ? NOT_PLAIN : value;
    }
    return around(2 + size(key) + size(value) + MAP_ENTRY, depth(value));
  }

  private static long name(@Nullable Object key) {
    return key != null && key.getClass() == String.class ? text((String) key) : NOT_PLAIN;
  }

  private static long map(Map<?, ?> map, int room) {
    if (room == 0) {
      return TOO_DEEP;
    }
    long size = 2;
    long depth = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      long key = name(entry.getKey());
      long value = of(entry.getValue(), room - 1);
      if ((key | value) < 0) {
        return key < 0 ? NOT_PLAIN : value;
      }
      size += size(key) + size(value) + MAP_ENTRY;
      depth = Math.max(depth, depth(value));
    }
    return around(size, depth);
  }

  private static long list(List<?> list, int room) {
    if (room == 0) {
      return TOO_DEEP;
    }
    long size = 2;
    long depth = 0;
    for (int i = 0, length = list.size(); i < length; i++) {
      long value = of(list.get(i), room - 1);
      if (value < 0) {
        return value;
      }
      size += size(value) + LIST_ENTRY;
      depth = Math.max(depth, depth(value));
    }
    return around(size, depth);
  }

  private static long rareScalar(Object value, Class<?> type) {
    if (type == Long.class) {
      return wide((Long) value);
    }
    if (type == Boolean.class) {
      return (long) WORD << DEPTH_BITS;
    }
    if (type == Double.class) {
      return Double.isFinite((Double) value) ? (long) NUMBER << DEPTH_BITS : NOT_PLAIN;
    }
    if (type == BigDecimal.class) {
      BigDecimal number = (BigDecimal) value;
      return PlainNumbers.isPlain(number) ? big(number.precision()) : NOT_PLAIN;
    }
    if (type == BigInteger.class) {
      BigInteger number = (BigInteger) value;
      return PlainNumbers.isPlain(number) ? big(number.bitLength() / 3) : NOT_PLAIN;
    }
    return NOT_PLAIN;
  }

  /** The weight of a Long, which is not plain when an Integer would do. */
  private static long wide(long value) {
    return value == (int) value ? NOT_PLAIN : (long) NUMBER << DEPTH_BITS;
  }

  private static long big(int digits) {
    return (long) (NUMBER + digits) << DEPTH_BITS;
  }
}
