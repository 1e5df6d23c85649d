package io.flowforge.internal.engine;

import io.flowforge.execution.Timestamps;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.plan.Roots;
import io.flowforge.internal.plan.Surroundings;
import io.flowforge.spi.ItemExpression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the config of a trigger sees: the credentials, for there is no execution yet. */
record TriggerSurroundings(EngineHost host, String tenant) implements Surroundings {
  @Override
  public @Nullable Object root(int slot) {
    return slot == Roots.CREDENTIALS ? host.credentials(tenant) : null;
  }

  @Override
  public @Nullable Object nodeOutput(int node) {
    return null;
  }

  @Override
  public @Nullable String nodeStatus(int node) {
    return null;
  }

  @Override
  public @Nullable Object nodeError(int node) {
    return null;
  }

  @Override
  public int nodeAttempts(int node) {
    return 0;
  }

  @Override
  public boolean reaches(int node) {
    return false;
  }

  @Override
  public Instant now() {
    return Timestamps.ofMicros(host.time().epochMicros());
  }

  @Override
  public String newId() {
    return host.newId();
  }

  @Override
  public ItemExpression bind(Condition expression) {
    throw new IllegalArgumentException("a trigger's config holds no expression for items");
  }
}
