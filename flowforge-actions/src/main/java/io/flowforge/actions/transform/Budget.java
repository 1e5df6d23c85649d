package io.flowforge.actions.transform;

import io.flowforge.spi.ActionException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may use: steps, and the size that its values would have when written out.
 *
 * <p>Values share parts, so a list of a list of a list that is small in memory may be huge as text.
 * Sizes of parts are remembered by identity, and each is worked out once. For one thread, which
 * finds it as {@link #current()}.
 */
final class Budget {
  /** Size of intermediate values in characters. */
  static final long MAX_SIZE = 32L << 20;

  private static final int MAX_STEPS = 500_000;
  private static final int MAX_ELEMENTS = 2_000_000;
  private static final int MAX_DEPTH = 400;
  private static final ThreadLocal<Budget> CURRENT = new ThreadLocal<>();

  private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();
  private int steps;
  private int depth;
  private long elements;
  private @Nullable ActionException refusal;

  /** A budget that what comes in is not counted against. */
  static Budget of(@Nullable Object data) {
    Budget budget = new Budget();
    budget.require(data);
    budget.elements = 0;
    return budget;
  }

  /** The refusal that was thrown first; libraries may wrap it, or throw another in its place. */
  @Nullable ActionException refusal() {
    return refusal;
  }

  private ActionException refuse(String what) {
    ActionException refused = Refusals.limit(what);
    refusal = refusal == null ? refused : refusal;
    return refused;
  }

  static Budget current() {
    Budget budget = CURRENT.get();
    return budget == null ? new Budget() : budget;
  }

  void enter() {
    CURRENT.set(this);
  }

  void leave() {
    CURRENT.remove();
  }

  /** Counts one step, and ends at an interrupt, which is how the deadline arrives. */
  void step() {
    if (++steps > MAX_STEPS) {
      throw refuse("it took more than " + MAX_STEPS + " steps");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw refuse("its time is up");
    }
  }

  void down() {
    step();
    if (++depth > MAX_DEPTH) {
      throw refuse("it called itself more than " + MAX_DEPTH + " levels deep");
    }
  }

  void up() {
    depth--;
  }

  /** Refuses a value that is too large. */
  void require(@Nullable Object value) {
    size(value, 0);
  }

  /** Refuses a text before it is built. */
  static void requireLength(long length) {
    if (length > MAX_SIZE) {
      throw Refusals.limit("a value grew beyond " + MAX_SIZE + " characters");
    }
  }

  /** Characters that a value takes when written out. */
  long size(@Nullable Object value) {
    return size(value, 0);
  }

  private long size(@Nullable Object value, int level) {
    if (value instanceof CharSequence text) {
      requireLength(text.length());
      return text.length() + 2L;
    }
    if (!(value instanceof Map<?, ?>) && !(value instanceof Collection<?>)) {
      return 8;
    }
    Long known = sizes.get(value);
    if (known != null) {
      return known;
    }
    if (level > MAX_DEPTH) {
      throw refuse("a value is nested deeper than " + MAX_DEPTH + " levels");
    }
    long size =
        value instanceof Map<?, ?> map ? size(map, level) : size((Collection<?>) value, level);
    sizes.put(value, size);
    return size;
  }

  private long size(Map<?, ?> map, int level) {
    long size = 2;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      size += String.valueOf(entry.getKey()).length() + 4L + size(entry.getValue(), level + 1);
      requireLength(size);
    }
    return size;
  }

  /** Parts are built between two looks at them, so it is their sum that counts. */
  private long size(Collection<?> list, int level) {
    requireLength(8L * list.size());
    elements += list.size();
    if (elements > MAX_ELEMENTS) {
      throw refuse("its lists had more than " + MAX_ELEMENTS + " elements together");
    }
    long size = 2;
    for (Object element : list) {
      size += 1 + size(element, level + 1);
      requireLength(size);
    }
    return size;
  }
}
