package io.flowforge.examples.plugin;

import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;

class SlugActionContractTest extends ActionContract {
  @Override
  protected Action<?> action() {
    return new SlugAction();
  }
}
