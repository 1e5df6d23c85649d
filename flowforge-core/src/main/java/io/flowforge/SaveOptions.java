package io.flowforge;

import java.util.Objects;

/**
 * How a flow is saved. Immutable; every {@code with} method returns a changed copy.
 *
 * @param note a few words on the change, at most 1,000 characters; empty is none
 * @param basedOn number of the version that the change was made from, which must still be the
 *     current one; 0 does not check
 */
public record SaveOptions(String note, int basedOn) {
  /** Without a note, and whatever is current. */
  public static final SaveOptions DEFAULT = new SaveOptions("", 0);

  private static final int LONGEST_NOTE = 1000;

  /** Checks the bounds. */
  public SaveOptions {
    Objects.requireNonNull(note, "note");
    if (note.length() > LONGEST_NOTE) {
      throw new IllegalArgumentException(
          "note must have at most " + LONGEST_NOTE + " characters, had " + note.length());
    }
    if (basedOn < 0) {
      throw new IllegalArgumentException("basedOn must be >= 0, was " + basedOn);
    }
  }

  /**
   * A copy with a note.
   *
   * @param words at most 1,000 characters
   * @return the copy
   */
  public SaveOptions withNote(String words) {
    return new SaveOptions(words, basedOn);
  }

  /**
   * A copy that refuses to pass over a change of others.
   *
   * @param version the version that the change was made from
   * @return the copy
   */
  public SaveOptions basedOn(FlowVersion version) {
    return new SaveOptions(note, version.number());
  }
}
