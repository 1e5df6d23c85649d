package io.flowforge.internal.binding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@link PlainMap}s of one shape, in their order: made once and shared by all maps that
 * have them. Immutable.
 */
public final class PlainKeys {
  /** Up to here a scan over the keys is quicker than a lookup in an index. */
  private static final int SCANNED = 8;

  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final String[] names;

  /** What the keys add to a map's size; threads may race to set it, always to the same value. */
  private int weight = UNKNOWN;

  private @Nullable Index index;

  private PlainKeys(String[] names) {
    this.names = names;
  }

  /**
   * Keys in this order.
   *
   * @param names all different
   * @return the keys
   * @throws IllegalArgumentException when a key is there twice
   */
  public static PlainKeys of(String... names) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (positions.put(names[i], i) != null) {
        throw new IllegalArgumentException("keys must differ, \"" + names[i] + "\" is there twice");
      }
    }
    return new PlainKeys(names.clone());
  }

  /**
   * Keys in this order.
   *
   * @param names all different
   * @return the keys
   * @throws IllegalArgumentException when a key is there twice
   */
  public static PlainKeys of(List<String> names) {
    return of(names.toArray(new String[0]));
  }

  /** Keys that are known to differ, in an array that is given away. */
  static PlainKeys owning(String... names) {
    return new PlainKeys(names);
  }

  /**
   * How many keys there are.
   *
   * @return count
   */
  public int size() {
    return names.length;
  }

  /**
   * A key.
   *
   * @param position from 0
   * @return the key
   */
  public String name(int position) {
    return names[position];
  }

  /**
   * Where a key stands.
   *
   * @param key any text
   * @return position from 0, or -1 when it is not among the keys
   */
  @SuppressWarnings("ReferenceEquality") // only a short cut; equal keys are found below
  public int position(String key) {
    if (names.length > SCANNED) {
      return index().positions.getOrDefault(key, -1);
    }
    // The same instance is likely: keys of templates and records are shared.
    for (int i = 0; i < names.length; i++) {
      if (names[i] == key) {
        return i;
      }
    }
    int hash = key.hashCode();
    for (int i = 0; i < names.length; i++) {
      if (names[i].hashCode() == hash && names[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * What the keys add to the size of a map of theirs; negative when one of them is not plain text.
   */
  long weight() {
    int known = weight;
    if (known != UNKNOWN) {
      return known;
    }
    long size = 0;
    for (String name : names) {
      long key = Weight.text(name);
      if (key < 0) {
        weight = (int) Weight.NOT_PLAIN;
        return Weight.NOT_PLAIN;
      }
      size += Weight.size(key) + Weight.MAP_ENTRY;
    }
    weight = size > Integer.MAX_VALUE ? UNKNOWN : (int) size;
    return size;
  }

  private Index index() {
    Index found = index;
    if (found == null) {
      Map<String, Integer> positions = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        positions.put(names[i], i);
      }
      found = new Index(positions);
      index = found;
    }
    return found;
  }

  /**
   * Positions by key. A hash map, since its buckets hold against keys of one hash; in a record,
   * since its final field makes it safe to hand to other threads without a lock.
   */
  private record Index(Map<String, Integer> positions) {}
}
