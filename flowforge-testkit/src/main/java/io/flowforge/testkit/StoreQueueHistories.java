package io.flowforge.testkit;

import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: random histories of queues, call by call beside a model. */
abstract class StoreQueueHistories extends StoreHistories {
  private static final int CALLS = 100;

  @Test
  void random_histories_of_queues_keep_limits_turns_and_places() {
    for (long seed = 1; seed <= histories(); seed++) {
      QueueHistory history = new QueueHistory(this, seed);
      for (int i = 0; i < CALLS; i++) {
        history.next();
      }
    }
  }
}
