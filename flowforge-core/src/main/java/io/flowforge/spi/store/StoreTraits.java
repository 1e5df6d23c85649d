package io.flowforge.spi.store;

import java.util.Objects;

/**
 * What a store promises, found out from its settings when it is opened.
 *
 * @param name name and version for people, such as {@code PostgreSQL 18.1}
 * @param durability what acknowledged writes survive
 * @param shared whether several processes may use it at once
 */
public record StoreTraits(String name, Durability durability, boolean shared) {
  /** Checks the parts. */
  public StoreTraits {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(durability, "durability");
  }
}
