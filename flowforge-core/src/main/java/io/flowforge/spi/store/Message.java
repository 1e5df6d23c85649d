package io.flowforge.spi.store;

import java.util.Objects;

/**
 * News for an execution, whoever owns it: kept until the execution has read it.
 *
 * @param id the sender's id; a second message with the same id to the same execution changes
 *     nothing
 * @param kind what it is
 * @param name what it is about: the event, the node run, or empty
 * @param payload JSON text
 */
public record Message(String id, Kind kind, String name, String payload) {
  /** What a message is. */
  public enum Kind {
    /** The execution shall end; the payload is the reason. */
    CANCEL,
    /** It shall hold. */
    PAUSE,
    /** It shall go on. */
    RESUME,
    /** An event for this execution alone; the name is the event. */
    SIGNAL,
    /** An event that a node run waited for; the name is its address. */
    EVENT,
    /** A person's answer; the name is the address of the node run. */
    ANSWER,
    /** A sub-flow has ended; the name is the address of the node run. */
    CHILD,
    /** An operator changes something; the name says what. */
    OPERATE
  }

  /** Checks the parts. */
  public Message {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(payload, "payload");
    if (id.isEmpty() || id.length() > 512) {
      throw new IllegalArgumentException("id must have 1 to 512 characters, had " + id.length());
    }
  }

  /** What became of a message. */
  public enum Receipt {
    /** It is kept. */
    STORED,
    /** A message with its id was kept before. */
    DUPLICATE,
    /** The execution has ended and takes no more. */
    FINAL,
    /** There is no such execution. */
    UNKNOWN
  }
}
