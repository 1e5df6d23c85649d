package io.flowforge.testkit;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An action that keeps to the contract: it says something, after a while, under a name it keeps
 * secret.
 */
public final class SampleAction implements Action<SampleAction.Config> {
  /** Every kind of component that the kit makes wrong values for. */
  public record Config(
      @Doc("What to say.") String text,
      @Doc("How often.") @Default("1") int times,
      @Doc("Seconds to wait first.") @Default("0") long seconds,
      @Doc("Whether to shout.") @Default("false") boolean loud,
      @Doc("To whom.") @Default("[]") List<String> names,
      @Doc("Anything else.") @Default("{}") Map<String, Object> more,
      @Doc("Credential to sign with.") @Nullable String credential) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("say", Config.class)
        .title("Say")
        .category("text")
        .description("Says something.")
        .example(Map.of("text", "Hello", "times", 2));
  }

  @Override
  public Object run(Config config, ActionContext context) throws Exception {
    if (config.seconds > 0) {
      boolean opened = new CountDownLatch(1).await(config.seconds, TimeUnit.SECONDS);
      context.log().debug("waited, opened {}", opened);
    }
    if (config.credential != null) {
      context.log().info("signed with {}", context.credential(config.credential));
    }
    return Map.of("said", config.text.repeat(config.times));
  }
}
