package io.flowforge.campaign.worker;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An effect that takes until the file {@code release} is in the folder; type {@code hold}. */
final class Hold implements Action<Hold.Config> {
  private static final long LOOK_MILLIS = 10;

  private final EffectFile effects;
  private final Path release;

  Hold(EffectFile effects, Path folder) {
    this.effects = effects;
    this.release = folder.resolve("release");
  }

  /**
   * What it does.
   *
   * @param value its input
   */
  record Config(@Nullable Object value) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("hold", Config.class)
        .title("Hold")
        .description("Does something that takes until it is let go.");
  }

  @Override
  public Object run(Config config, ActionContext context) throws InterruptedException {
    Object value = config.value == null ? "nothing" : config.value;
    effects.add(context, value);
    while (!Files.exists(release)) {
      Thread.sleep(LOOK_MILLIS);
    }
    return Map.of("did", value);
  }
}
