package io.flowforge.internal.binding;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A compact, unmodifiable list; elements may be null.
 *
 * <p>Like {@link PlainMap} it remembers its weight once it has been weighed.
 */
public final class PlainList extends AbstractList<Object> implements RandomAccess {
  private static final PlainList EMPTY = new PlainList(new Object[0], Weight.EMPTY);

  private final @Nullable Object[] elements;

  /** What is known of the weight; threads may race to set it, always to the same value. */
  private int weight;

  private PlainList(@Nullable Object[] elements, long weight) {
    this.elements = elements;
    this.weight = Weight.remembered(weight);
  }

  /**
   * A list.
   *
   * @param elements the elements; the array is taken over and must not be changed any more
   * @return the list
   */
  public static PlainList of(@Nullable Object... elements) {
    return elements.length == 0 ? EMPTY : new PlainList(elements, 0);
  }

  /**
   * A list of the elements of a collection, in its order.
   *
   * @param elements any collection
   * @return the collection itself when it is one of ours
   */
  public static PlainList copyOf(Collection<? extends @Nullable Object> elements) {
    // The array of a foreign collection may be its own.
    return elements instanceof PlainList plain
        ? plain
        : of(Arrays.copyOf(elements.toArray(), elements.size(), Object[].class));
  }

  /** A list whose weight is known. */
  static PlainList weighed(@Nullable Object[] elements, long weight) {
    return new PlainList(elements, weight);
  }

  /** Its weight, where lists and maps in it and around it leave some room. */
  long weight(int room) {
    int known = weight;
    if (known != 0) {
      return known > 0 && Weight.depth(known) > room ? Weight.TOO_DEEP : known;
    }
    long found = Weight.elements(elements, room);
    weight = Weight.remembered(found);
    return found;
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public void forEach(Consumer<? super Object> action) {
    for (Object element : elements) {
      action.accept(element);
    }
  }

  @Override
  public @Nullable Object[] toArray() {
    return elements.clone();
  }
}
