package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;

/** Ids that senders give their messages, by which a message is known when it comes again. */
public final class MessageIds {
  private static final int LONGEST = 255;

  private MessageIds() {}

  /** The id, if it is one. */
  public static String check(String id) {
    if (id.isBlank() || id.length() > LONGEST) {
      throw new FlowForgeException(
          "FF-MESSAGE-ID",
          "a message id must have 1 to "
              + LONGEST
              + " characters that are not all blank, was "
              + Shown.quoted(id));
    }
    return id;
  }
}
