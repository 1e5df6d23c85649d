package io.flowforge.internal.binding;

import org.jspecify.annotations.Nullable;

/**
 * Makes plain values of whatever an action returns: maps of text keys, lists, texts, numbers,
 * booleans and null, immutable all the way down.
 *
 * <p>A value that is so already comes back as the same object. Otherwise a copy is made once, in
 * which records and beans are maps, arrays, collections and streams are lists, dates, durations,
 * ids, addresses and enums are texts, bytes are Base64 text (RFC 4648, with padding), numbers have
 * the class that a store gives them back in, and an empty {@code Optional} is null. Only values
 * that a store could give back as they were come out of it.
 */
public final class Values {
  /** The largest value by default, in bytes of its JSON, roughly. */
  public static final long DEFAULT_LIMIT = 1 << 20;

  private Values() {}

  /**
   * The plain form of a value of at most {@link #DEFAULT_LIMIT}.
   *
   * @param value anything
   * @return plain and immutable
   * @throws io.flowforge.FlowForgeException as {@link #normalise(Object, long)} does
   */
  public static @Nullable Object normalise(@Nullable Object value) {
    return normalise(value, DEFAULT_LIMIT);
  }

  /**
   * The plain form of a value.
   *
   * @param value anything
   * @param limit the most bytes, counted as {@link #size} does
   * @return plain and immutable
   * @throws io.flowforge.FlowForgeException {@code FF-VALUE} when it has no plain form, {@code
   *     FF-VALUE-SIZE} when it is too large, {@code FF-VALUE-SECRET} when a secret is in it
   */
  public static @Nullable Object normalise(@Nullable Object value, long limit) {
    long weight = Weight.of(value, Weight.MAX_DEPTH);
    if (weight >= 0 && Weight.size(weight) <= limit) {
      return value;
    }
    return new Normaliser(limit).normalise(value);
  }

  /**
   * The size of a value, if it is plain and immutable already.
   *
   * @param value anything
   * @return bytes as {@link #size} gives them; -1 when it must be made plain first
   */
  public static long plainSize(@Nullable Object value) {
    long weight = Weight.of(value, Weight.MAX_DEPTH);
    return weight < 0 ? -1 : Weight.size(weight);
  }

  /**
   * Whether a value is plain and immutable already.
   *
   * @param value anything
   * @return true when {@link #normalise} would give back the same object, if it is not too large
   */
  public static boolean isPlain(@Nullable Object value) {
    return Weight.of(value, Weight.MAX_DEPTH) >= 0;
  }

  /**
   * The size of a plain value: texts and keys as their UTF-8, other values and what is around them
   * at a flat rate near that of JSON.
   *
   * @param plain a value that {@link #normalise} has returned
   * @return bytes
   * @throws IllegalArgumentException when it is not plain
   */
  public static long size(@Nullable Object plain) {
    long weight = Weight.of(plain, Weight.MAX_DEPTH);
    if (weight < 0) {
      throw new IllegalArgumentException("value must be plain");
    }
    return Weight.size(weight);
  }
}
