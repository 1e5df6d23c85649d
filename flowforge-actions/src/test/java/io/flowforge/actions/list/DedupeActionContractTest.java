package io.flowforge.actions.list;

import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;

class DedupeActionContractTest extends ActionContract {
  @Override
  protected Action<?> action() {
    return new DedupeAction();
  }
}
