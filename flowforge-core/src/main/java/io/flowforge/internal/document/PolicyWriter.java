package io.flowforge.internal.document;

import io.flowforge.flow.CachePolicy;
import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.Compensation;
import io.flowforge.flow.Concurrency;
import io.flowforge.flow.Durations;
import io.flowforge.flow.RateLimit;
import io.flowforge.flow.Retry;
import io.flowforge.flow.Timeout;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns policies into plain values; a policy of nothing but defaults is an empty object. */
final class PolicyWriter {
  private PolicyWriter() {}

  static @Nullable Map<String, Object> retry(@Nullable Retry retry) {
    if (retry == null) {
      return null;
    }
    Retry usual = Retry.create();
    Sheet sheet = new Sheet();
    sheet.putUnless(usual.strategy(), "strategy", retry.strategy());
    sheet.putUnless(usual.maxAttempts(), "maxAttempts", retry.maxAttempts());
    sheet.putUnless(usual.delay(), "delay", retry.delay());
    sheet.putUnless(usual.maxDelay(), "maxDelay", retry.maxDelay());
    sheet.putUnless(usual.jitter(), "jitter", retry.jitter());
    sheet.put("maxElapsed", retry.maxElapsed());
    sheet.putSome("retryOn", retry.retryOn());
    sheet.putSome("giveUpOn", retry.giveUpOn());
    return sheet.values();
  }

  static Object timeout(Timeout timeout) {
    if (timeout.total() == null && timeout.attempt() != null) {
      return Durations.text(timeout.attempt());
    }
    Sheet sheet = new Sheet();
    sheet.put("attempt", timeout.attempt());
    sheet.put("total", timeout.total());
    return sheet.values();
  }

  static Map<String, Object> cache(CachePolicy cache) {
    Sheet sheet = new Sheet();
    sheet.put("key", cache.key());
    sheet.put("ttl", cache.ttl());
    return sheet.values();
  }

  static Map<String, Object> rateLimit(RateLimit limit) {
    Sheet sheet = new Sheet();
    sheet.put("key", limit.key());
    sheet.put("permits", limit.permits());
    sheet.put("per", limit.per());
    return sheet.values();
  }

  static Map<String, Object> circuitBreaker(CircuitBreaker breaker) {
    CircuitBreaker usual = CircuitBreaker.create();
    Sheet sheet = new Sheet();
    sheet.put("key", breaker.key());
    sheet.putUnless(usual.failureThreshold(), "failureThreshold", breaker.failureThreshold());
    sheet.putUnless(usual.openFor(), "openFor", breaker.openFor());
    sheet.putUnless(usual.halfOpenCalls(), "halfOpenCalls", breaker.halfOpenCalls());
    sheet.putUnless(usual.whenOpen(), "whenOpen", breaker.whenOpen());
    return sheet.values();
  }

  static Map<String, Object> compensation(Compensation compensation) {
    Sheet sheet = new Sheet();
    sheet.put("type", compensation.type());
    sheet.putSome("config", compensation.config());
    return sheet.values();
  }

  static @Nullable Map<String, Object> concurrency(@Nullable Concurrency concurrency) {
    if (concurrency == null) {
      return null;
    }
    Sheet sheet = new Sheet();
    sheet.put("key", concurrency.key());
    sheet.putUnless(1, "limit", concurrency.limit());
    sheet.putUnless(Concurrency.Overlap.QUEUE, "overlap", concurrency.overlap());
    return sheet.values();
  }
}
