package io.flowforge.internal.engine;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a store still keeps what it promised when it was opened. */
final class DurabilityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DurabilityWatch.class);

  private final FlowStore store;
  private final Durability wanted;
  private volatile Durability seen;

  DurabilityWatch(FlowStore store, Durability promised, Durability wanted) {
    this.store = store;
    this.wanted = wanted;
    this.seen = promised;
  }

  /** Asks the store; what it says shows later. */
  void look() {
    store
        .durability()
        .whenComplete(
            (level, failure) -> {
              if (failure != null) {
                LOG.debug("the store does not tell its durability", failure);
              } else {
                level.ifPresent(this::take);
              }
            });
  }

  private void take(Durability level) {
    if (level != seen && isTooLittle(level)) {
      LOG.warn("the store's settings were changed: {}", complaint(level));
    }
    seen = level;
  }

  private boolean isTooLittle(Durability level) {
    return level.compareTo(wanted) < 0;
  }

  private String complaint(Durability level) {
    return "what the store acknowledges survives only "
        + level
        + " by now, the engine asks for "
        + wanted
        + "; set the server back";
  }

  void describe(List<String> complaints) {
    Durability level = seen;
    if (isTooLittle(level)) {
      complaints.add(complaint(level));
    }
  }
}
