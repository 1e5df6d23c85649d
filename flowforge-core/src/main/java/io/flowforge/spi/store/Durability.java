package io.flowforge.spi.store;

/** What a store's acknowledged writes survive, weakest first. */
public enum Durability {
  /** Nothing: the writes are gone with the process. */
  NONE,
  /** The death of the process, and of the store's server process. */
  PROCESS_CRASH,
  /** The death of the operating system, such as a loss of power. */
  OS_CRASH
}
