package io.flowforge.internal.binding;

import org.jspecify.annotations.Nullable;

/**
 * A value does not fit a kind: the end of a sentence that begins with the key. Without a stack
 * trace, since it is caught nearby and its place is looked for again.
 */
final class Misfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Misfit(String text) {
    this(text, null);
  }

  Misfit(String text, @Nullable Throwable cause) {
    super(text, cause, false, false);
  }

  String text() {
    String text = getMessage();
    return text == null ? "" : text;
  }
}
