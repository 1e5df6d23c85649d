package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.plan.Plan;

/** The name of the queue that the executions of a flow are limited in, by default. */
final class ConcurrencyKey {
  /** Of a queue's name, the flow's id included. */
  private static final int LONGEST = 255;

  private ConcurrencyKey() {}

  /** The flow's id and {@code settings.concurrency.key}, divided by tenant. */
  static String of(Run run) {
    Plan plan = run.plan;
    String own =
        plan.concurrencyKey == null
            ? ""
            : String.valueOf(plan.concurrencyKey.resolve(new Env(run.root(), -1)));
    String key = run.start.scoped(plan.flow.id() + "/" + own);
    if (key.length() > LONGEST) {
      throw new FlowForgeException(
          "FF-QUEUE-KEY",
          "settings.concurrency.key of flow "
              + plan.flow.id()
              + " must give a text of at most "
              + (LONGEST - plan.flow.id().length() - 1)
              + " characters, gave "
              + own.length()
              + "; take a shorter one, such as an id");
    }
    return key;
  }
}
