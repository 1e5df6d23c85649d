package io.flowforge.campaign.worker;

import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does something to the world outside; type {@code effect}. */
final class Effect implements Action<Effect.Config> {
  private static final int KILLED = 137;

  private final EffectFile effects;

  Effect(EffectFile effects) {
    this.effects = effects;
  }

  /**
   * What it does.
   *
   * @param value its input
   * @param fails how many attempts fail
   * @param deadly the process dies of it
   */
  record Config(@Nullable Object value, @Nullable Integer fails, @Nullable Boolean deadly) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("effect", Config.class)
        .title("Effect")
        .description("Does something to the world outside.")
        .nonBlocking();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    Object value = config.value == null ? "nothing" : config.value;
    FaultPoints.hit("effect.before");
    effects.add(context, value);
    FaultPoints.hit("effect.after");
    if (Boolean.TRUE.equals(config.deadly)) {
      Runtime.getRuntime().halt(KILLED);
    }
    if (config.fails != null && context.attempt() <= config.fails) {
      throw ActionException.transientFailure("DOWN", "attempt " + context.attempt());
    }
    return Map.of("did", value);
  }
}
