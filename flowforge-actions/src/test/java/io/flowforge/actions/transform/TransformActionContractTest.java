package io.flowforge.actions.transform;

import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;

class TransformActionContractTest extends ActionContract {
  @Override
  protected Action<?> action() {
    return new TransformAction();
  }
}
