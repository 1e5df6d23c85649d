package io.flowforge.durable;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outside world: what was done to it, by whom, with which input. */
final class EffectLog {
  /** One effect. */
  record Line(
      int member,
      long millis,
      String execution,
      String path,
      String key,
      String input,
      int attempt,
      long token) {}

  private final List<Line> lines = new ArrayList<>();

  /** An action of type {@code effect}; fails the first {@code fails} attempts. */
  record Config(@Nullable Object value, @Nullable Integer fails) {}

  Action<Config> action(int member) {
    return new Effect(member);
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  synchronized Map<String, List<Line>> byKey() {
    Map<String, List<Line>> all = new HashMap<>();
    lines.forEach(line -> all.computeIfAbsent(line.key, key -> new ArrayList<>()).add(line));
    return all;
  }

  private synchronized void add(Line line) {
    lines.add(line);
  }

  private final class Effect implements Action<Config> {
    private final int member;

    Effect(int member) {
      this.member = member;
    }

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("effect", Config.class)
          .title("Effect")
          .description("Does something to the outside world.")
          .nonBlocking();
    }

    @Override
    public Object run(Config config, ActionContext context) {
      add(
          new Line(
              member,
              context.clock().millis(),
              context.executionId(),
              context.path(),
              context.idempotencyKey(),
              String.valueOf(config.value),
              context.attempt(),
              context.fencingToken()));
      if (config.fails != null && context.attempt() <= config.fails) {
        throw ActionException.transientFailure("DOWN", "attempt " + context.attempt());
      }
      Map<String, Object> result = new HashMap<>();
      result.put("did", config.value == null ? "nothing" : config.value);
      return result;
    }
  }
}
