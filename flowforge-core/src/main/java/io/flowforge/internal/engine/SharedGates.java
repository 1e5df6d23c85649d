package io.flowforge.internal.engine;

import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.RateLimit;
import io.flowforge.internal.run.Gates;
import io.flowforge.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Breakers, rates and type limits of one engine, on the engine's own time. */
final class SharedGates implements Gates {
  private final TimeSource time;
  private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();
  private final Map<String, TypeLimit> types = new HashMap<>();

  private volatile @Nullable StoreRates sharedRates;
  private volatile @Nullable StoreBreakers sharedBreakers;

  SharedGates(TimeSource time, Map<String, Integer> typeLimits) {
    this.time = time;
    typeLimits.forEach((type, places) -> types.put(type, new TypeLimit(places)));
  }

  static long micros(Duration duration) {
    return Math.min(duration.getSeconds(), 1L << 40) * 1_000_000L + duration.getNano() / 1000;
  }

  /** From now on rates and breakers are those of all engines of a store. */
  void share(StoreRates storeRates, StoreBreakers storeBreakers) {
    sharedRates = storeRates;
    sharedBreakers = storeBreakers;
  }

  /** Looks for breakers that have opened in other engines. */
  void lookForOpenBreakers() {
    StoreBreakers shared = sharedBreakers;
    if (shared != null && !breakers.isEmpty()) {
      shared.look(
          time.epochMicros(),
          (key, until) ->
              breakers.computeIfAbsent(key, name -> new Breaker()).openedElsewhere(until));
    }
  }

  @Override
  public long enterBreaker(CircuitBreaker policy, String key) {
    return breakers.computeIfAbsent(key, name -> new Breaker()).enter(policy, time.epochMicros());
  }

  @Override
  public void leaveBreaker(CircuitBreaker policy, String key, boolean success) {
    Breaker breaker = breakers.get(key);
    if (breaker != null) {
      long until = breaker.leave(policy, success, time.epochMicros());
      StoreBreakers shared = sharedBreakers;
      if (until > 0 && shared != null) {
        shared.opened(key, until);
      }
    }
  }

  @Override
  public void forgetBreaker(String key) {
    Breaker breaker = breakers.get(key);
    if (breaker != null) {
      breaker.forget();
    }
  }

  @Override
  public long reserve(RateLimit policy, String key, Runnable granted) {
    StoreRates shared = sharedRates;
    if (shared != null) {
      return shared.reserve(policy, key, granted);
    }
    return rates.computeIfAbsent(key, name -> new Rate()).reserve(policy, time.epochMicros());
  }

  @Override
  public boolean limited(String type) {
    return !types.isEmpty() && types.containsKey(type);
  }

  @Override
  public boolean enterType(String type, Runnable freed) {
    TypeLimit limit = types.get(type);
    return limit == null || limit.enter(freed);
  }

  @Override
  public void leaveType(String type) {
    TypeLimit limit = types.get(type);
    Runnable next = limit == null ? null : limit.leave();
    if (next != null) {
      next.run();
    }
  }

  @Override
  public void callNext(String type) {
    TypeLimit limit = types.get(type);
    Runnable next = limit == null ? null : limit.next();
    if (next != null) {
      next.run();
    }
  }

  /**
   * A circuit breaker that counts failures in a row: closed, open, half-open with trial calls.
   *
   * @see <a href="https://martinfowler.com/bliki/CircuitBreaker.html">Circuit Breaker</a>
   */
  private static final class Breaker {
    private int failures;
    private long openUntil;
    private int trials;
    private int succeeded;
    private boolean halfOpen;

    synchronized long enter(CircuitBreaker policy, long now) {
      if (openUntil > now) {
        return openUntil - now;
      }
      if (openUntil > 0 && !halfOpen) {
        halfOpen = true;
        trials = 0;
        succeeded = 0;
      }
      if (!halfOpen) {
        return PASS;
      }
      if (trials < policy.halfOpenCalls()) {
        trials++;
        return PASS;
      }
      // The trial calls under way decide; ask again a little later.
      return Math.max(1000, micros(policy.openFor()) / 10);
    }

    /** Gives until when it has opened just now; 0 when it has not. */
    synchronized long leave(CircuitBreaker policy, boolean success, long now) {
      long before = openUntil;
      if (halfOpen) {
        leaveHalfOpen(policy, success, now);
      } else if (success) {
        failures = 0;
      } else if (++failures >= policy.failureThreshold()) {
        open(policy, now);
      }
      return openUntil > before ? openUntil : 0;
    }

    synchronized void openedElsewhere(long until) {
      if (until > openUntil) {
        halfOpen = false;
        failures = 0;
        openUntil = until;
      }
    }

    synchronized void forget() {
      if (halfOpen && trials > 0) {
        trials--;
      }
    }

    private void leaveHalfOpen(CircuitBreaker policy, boolean success, long now) {
      if (!success) {
        open(policy, now);
      } else if (++succeeded >= policy.halfOpenCalls()) {
        halfOpen = false;
        openUntil = 0;
        failures = 0;
      }
    }

    private void open(CircuitBreaker policy, long now) {
      halfOpen = false;
      failures = 0;
      openUntil = now + micros(policy.openFor());
    }
  }

  /**
   * At most so many permits in any period: the n-th permit from now is valid a period after the one
   * that many permits before it (a sliding log of the last permits).
   */
  private static final class Rate {
    private long[] last = {};
    private int next;

    synchronized long reserve(RateLimit policy, long now) {
      if (last.length != policy.permits()) {
        last = new long[policy.permits()];
        next = 0;
      }
      long earliest = last[next] == 0 ? now : last[next] + micros(policy.per());
      long at = Math.max(now, earliest);
      last[next] = at;
      next = (next + 1) % last.length;
      return at - now;
    }
  }

  /** So many places; who comes too late is called in order of arrival. */
  private static final class TypeLimit {
    private final ArrayDeque<Runnable> line = new ArrayDeque<>();
    private int free;

    TypeLimit(int places) {
      free = places;
    }

    synchronized boolean enter(Runnable freed) {
      if (free > 0) {
        free--;
        return true;
      }
      line.add(freed);
      return false;
    }

    synchronized @Nullable Runnable leave() {
      free++;
      return line.poll();
    }

    synchronized @Nullable Runnable next() {
      return free > 0 ? line.poll() : null;
    }
  }
}
