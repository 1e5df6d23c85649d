package io.flowforge.internal.run;

import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.RateLimit;

/**
 * Limits that all runs of an engine share: breakers, rates, nodes at once per type. With a store
 * breakers and rates are shared by all its engines.
 */
public interface Gates {
  /** The breaker lets the call through. */
  long PASS = 0;

  /** Whether there is a permit is not known yet; ask again when told to. */
  long LATER = -1;

  /**
   * Asks a breaker for a call.
   *
   * @return {@link #PASS}, or in how many microseconds to ask again
   */
  long enterBreaker(CircuitBreaker policy, String key);

  /** Tells a breaker how a call that it let through went. */
  void leaveBreaker(CircuitBreaker policy, String key, boolean success);

  /**
   * Tells a breaker that a call it let through was stopped: it says nothing about the other side.
   */
  void forgetBreaker(String key);

  /**
   * Takes a permit of a rate, now or in the future.
   *
   * @param granted run once it is worth asking again, when this gives {@link #LATER}
   * @return in how many microseconds the permit is valid, or {@link #LATER}
   */
  long reserve(RateLimit policy, String key, Runnable granted);

  /** Whether nodes of a type are limited. */
  boolean limited(String type);

  /**
   * Takes a place of a type's limit.
   *
   * @param freed run once a place may be free, when this gives false
   * @return whether the place was taken
   */
  boolean enterType(String type, Runnable freed);

  /** Gives a place of a type's limit back. */
  void leaveType(String type);

  /** Calls the next in line when a place is free, because the one that was called does not come. */
  void callNext(String type);
}
