package io.flowforge.internal.memory;

import io.flowforge.spi.store.StoreException;

/** Calls that no engine makes. */
final class Misuse {
  private Misuse() {}

  static StoreException of(String what) {
    return new StoreException(StoreException.Kind.FATAL, "FF-STORE-CALL", what, null);
  }
}
