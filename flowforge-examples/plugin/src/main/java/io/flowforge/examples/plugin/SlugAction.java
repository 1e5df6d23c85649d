package io.flowforge.examples.plugin;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import java.util.Locale;
import java.util.Map;

/** Makes a text fit for an address. */
public final class SlugAction implements Action<SlugAction.Config> {
  /** What the node takes. */
  public record Config(
      @Doc("Text to shorten.") String text,
      @Doc("What stands between the words.") @Default("-") String separator) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("slug", Config.class)
        .title("Make a slug")
        .description("Makes a text fit for an address: lower case, words joined by a separator.")
        .category("text")
        .pure()
        .example(Map.of("text", "Hello World"));
  }

  @Override
  public Object run(Config config, ActionContext context) {
    String[] words = config.text().toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
    return String.join(config.separator(), words);
  }
}
