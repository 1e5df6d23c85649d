package io.flowforge.benchmarks;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.util.Map;

/** The body of every measured node, in the engine and in the hand-written limit: a small map. */
final class NoOp implements Action<NoOp.Config> {
  static final String TYPE = "no-operation";

  /** One text, so that there is a config to bind. */
  record Config(String name) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of(TYPE, Config.class).pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    return body();
  }

  static Map<String, Object> body() {
    return Map.of("v", 1);
  }
}
