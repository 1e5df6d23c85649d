package io.flowforge.internal.binding;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A compact, unmodifiable map from text to values in a fixed order; values may be null.
 *
 * <p>The engine's own form of outputs and inputs. Once weighed (see {@link Values}) it remembers
 * that it is plain and immutable all the way down, so that passing it on costs nothing.
 */
public final class PlainMap extends AbstractMap<String, Object> {
  private static final PlainMap EMPTY =
      new PlainMap(PlainKeys.owning(), new Object[0], Weight.EMPTY);

  private final PlainKeys keys;
  private final @Nullable Object[] values;

  /** What is known of the weight; threads may race to set it, always to the same value. */
  private int weight;

  private PlainMap(PlainKeys keys, @Nullable Object[] values, long weight) {
    this.keys = keys;
    this.values = values;
    this.weight = Weight.remembered(weight);
  }

  /**
   * The map without entries.
   *
   * @return always the same
   */
  public static PlainMap of() {
    return EMPTY;
  }

  /**
   * A map of one entry.
   *
   * @param key key
   * @param value value
   * @return the map
   */
  public static PlainMap of(String key, @Nullable Object value) {
    return of(PlainKeys.owning(key), value);
  }

  /**
   * A map of prepared keys and their values.
   *
   * @param keys the keys
   * @param values one value for each key; the array is taken over and must not be changed any more
   * @return the map
   * @throws IllegalArgumentException when there are not as many values as keys
   */
  public static PlainMap of(PlainKeys keys, @Nullable Object... values) {
    if (keys.size() != values.length) {
      throw new IllegalArgumentException(
          "values must be as many as keys (" + keys.size() + "), were " + values.length);
    }
    return new PlainMap(keys, values, 0);
  }

  /**
   * A map with the entries of another, in its order.
   *
   * @param map any map of text keys
   * @return the map itself when it is one of ours
   */
  public static PlainMap copyOf(Map<String, ? extends @Nullable Object> map) {
    if (map instanceof PlainMap plain) {
      return plain;
    }
    if (map.isEmpty()) {
      return EMPTY;
    }
    // Once around, by the entries: a map that another thread changes may lie about its size.
    Builder builder = builder();
    map.forEach(builder::put);
    return builder.build();
  }

  /**
   * Collects entries.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A map whose weight is known. */
  static PlainMap weighed(String[] keys, @Nullable Object[] values, long weight) {
    return new PlainMap(PlainKeys.owning(keys), values, weight);
  }

  /** A map of prepared keys whose weight is known. */
  static PlainMap weighed(PlainKeys keys, @Nullable Object[] values, long weight) {
    return new PlainMap(keys, values, weight);
  }

  /** Its weight, where lists and maps in it and around it leave some room. */
  long weight(int room) {
    int known = weight;
    if (known != 0) {
      return known > 0 && Weight.depth(known) > room ? Weight.TOO_DEEP : known;
    }
    long found = Weight.entries(keys, values, room);
    weight = Weight.remembered(found);
    return found;
  }

  /**
   * The keys.
   *
   * @return keys in order, shared with other maps
   */
  public PlainKeys keys() {
    return keys;
  }

  /**
   * A value by its key's position.
   *
   * @param position from 0, as in {@link #keys()}
   * @return the value
   */
  public @Nullable Object valueAt(int position) {
    return values[position];
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    int position = keys.position(name);
    return position < 0 ? null : values[position];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && keys.position(name) >= 0;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Object> action) {
    for (int i = 0; i < values.length; i++) {
      action.accept(keys.name(i), values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new Entries();
  }

  /** The entries as a set. */
  private final class Entries extends AbstractSet<Map.Entry<String, Object>> {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public boolean contains(@Nullable Object object) {
      return object instanceof Map.Entry<?, ?> entry
          && containsKey(entry.getKey())
          && Objects.equals(get(entry.getKey()), entry.getValue());
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < values.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
          if (next >= values.length) {
            throw new NoSuchElementException();
          }
          int position = next++;
          return new SimpleImmutableEntry<>(keys.name(position), values[position]);
        }
      };
    }
  }

  /** Collects the entries of a map, in the order in which they come. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets an entry; a key that is there already keeps its place.
     *
     * @param key key
     * @param value value
     * @return this
     */
    public Builder put(String key, @Nullable Object value) {
      entries.put(Objects.requireNonNull(key, "key"), value);
      return this;
    }

    /**
     * The map.
     *
     * @return unmodifiable, no longer tied to this builder
     */
    public PlainMap build() {
      String[] keys = entries.keySet().toArray(new String[0]);
      return new PlainMap(PlainKeys.owning(keys), entries.values().toArray(), 0);
    }
  }
}
