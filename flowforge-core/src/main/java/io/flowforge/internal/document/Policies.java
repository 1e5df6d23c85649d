package io.flowforge.internal.document;

import io.flowforge.flow.CachePolicy;
import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.Compensation;
import io.flowforge.flow.Concurrency;
import io.flowforge.flow.Join;
import io.flowforge.flow.RateLimit;
import io.flowforge.flow.Retry;
import io.flowforge.flow.Timeout;
import io.flowforge.internal.text.Shown;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the policies of nodes and flows; a bad part is reported and its default taken. */
final class Policies {
  private Policies() {}

  static @Nullable Retry retry(Fields owner) {
    Fields fields = owner.object("retry");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.RETRY);
    Retry defaults = Retry.create();
    return Retry.builder()
        .strategy(or(fields.choice("strategy", Retry.Strategy.class), defaults.strategy()))
        .maxAttempts(fields.whole("maxAttempts", defaults.maxAttempts(), 1, Retry.MAX_ATTEMPTS))
        .delay(or(fields.duration("delay"), defaults.delay()))
        .maxDelay(or(fields.duration("maxDelay"), defaults.maxDelay()))
        .jitter(or(fields.choice("jitter", Retry.Jitter.class), defaults.jitter()))
        .maxElapsed(fields.positive("maxElapsed"))
        .retryOn(fields.texts("retryOn"))
        .giveUpOn(fields.texts("giveUpOn"))
        .build();
  }

  static @Nullable Timeout timeout(Fields owner) {
    if (!(owner.raw("timeout") instanceof Map<?, ?>)) {
      Duration attempt = owner.positive("timeout");
      return attempt == null ? null : Timeout.of(attempt);
    }
    Fields fields = Objects.requireNonNull(owner.object("timeout"));
    fields.refuseOthers(Keys.TIMEOUT);
    Duration attempt = fields.positive("attempt");
    Duration total = fields.positive("total");
    return attempt == null && total == null ? null : new Timeout(attempt, total);
  }

  static Join join(Fields owner) {
    Object value = owner.raw("join");
    if (value instanceof Map<?, ?>) {
      Fields fields = Objects.requireNonNull(owner.object("join"));
      fields.refuseOthers(Keys.JOIN);
      if (!fields.has("atLeast")) {
        owner.problem(Codes.CONFIG, "join", "join must say atLeast, such as {\"atLeast\": 2}.");
      }
      return Join.atLeast(fields.whole("atLeast", 1, 1, Integer.MAX_VALUE));
    }
    if ("any".equals(value)) {
      return Join.ANY;
    }
    if (value != null && !value.equals("all")) {
      String was = Shown.quoted(value);
      owner.problem(
          Codes.CONFIG, "join", "join must be all, any or {\"atLeast\": n}, was " + was + ".");
    }
    return Join.ALL;
  }

  static @Nullable CachePolicy cache(Fields owner) {
    Fields fields = owner.object("cache");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.CACHE);
    String key = fields.text("key");
    Duration ttl = required(fields, "ttl");
    return ttl == null ? null : new CachePolicy(key, ttl);
  }

  static @Nullable RateLimit rateLimit(Fields owner) {
    Fields fields = owner.object("rateLimit");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.RATE_LIMIT);
    String key = fields.text("key");
    if (!fields.has("permits")) {
      fields.problem(Codes.CONFIG, "permits is missing: how many starts there may be per period.");
    }
    int permits = fields.whole("permits", 1, 1, Integer.MAX_VALUE);
    Duration per = required(fields, "per");
    return per == null ? null : new RateLimit(key, permits, per);
  }

  static @Nullable CircuitBreaker circuitBreaker(Fields owner) {
    Fields fields = owner.object("circuitBreaker");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.CIRCUIT_BREAKER);
    CircuitBreaker defaults = CircuitBreaker.create();
    return new CircuitBreaker(
        fields.text("key"),
        fields.whole("failureThreshold", defaults.failureThreshold(), 1, Integer.MAX_VALUE),
        or(fields.positive("openFor"), defaults.openFor()),
        fields.whole("halfOpenCalls", defaults.halfOpenCalls(), 1, Integer.MAX_VALUE),
        or(fields.choice("whenOpen", CircuitBreaker.WhenOpen.class), defaults.whenOpen()));
  }

  static @Nullable Compensation compensate(Fields owner) {
    Fields fields = owner.object("compensate");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.COMPENSATE);
    String type = fields.text("type");
    Map<String, Object> config = fields.values("config");
    if (!fields.has("type")) {
      fields.problem(Codes.TYPE, "type is missing: the node type that undoes the node.");
    }
    return type == null ? null : new Compensation(NodeType.kebab(type), config);
  }

  static @Nullable Concurrency concurrency(Fields owner) {
    Fields fields = owner.object("concurrency");
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.CONCURRENCY);
    return new Concurrency(
        fields.text("key"),
        fields.whole("limit", 1, 1, Integer.MAX_VALUE),
        or(fields.choice("overlap", Concurrency.Overlap.class), Concurrency.Overlap.QUEUE));
  }

  private static @Nullable Duration required(Fields fields, String key) {
    if (!fields.has(key)) {
      fields.problem(Codes.CONFIG, key + " is missing: a duration such as 10m.");
    }
    return fields.positive(key);
  }

  private static <T> T or(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
