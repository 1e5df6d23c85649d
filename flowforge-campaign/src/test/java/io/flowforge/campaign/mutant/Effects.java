package io.flowforge.campaign.mutant;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An action of type {@code effect} that remembers the keys it was called with. */
final class Effects implements Action<Effects.Config> {
  private final List<String> keys = new CopyOnWriteArrayList<>();

  /**
   * What it does.
   *
   * @param fails how many attempts fail
   */
  record Config(@Nullable Integer fails) {}

  /** One for each effect, in their order. */
  List<String> keys() {
    return keys;
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
    keys.add(context.idempotencyKey());
    if (config.fails != null && context.attempt() <= config.fails) {
      throw ActionException.transientFailure("DOWN", "attempt " + context.attempt());
    }
    return 1;
  }
}
