package io.flowforge.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * A place in a document, made cheap: its text is put together only when a problem needs it.
 *
 * <p>Immutable. See RFC 6901 for the text form.
 */
public final class Pointer {
  /** The whole document. */
  public static final Pointer ROOT = new Pointer(null, "", "");

  private final @Nullable Pointer parent;
  private final Object step;
  private final String start;

  private Pointer(@Nullable Pointer parent, Object step, String start) {
    this.parent = parent;
    this.step = step;
    this.start = start;
  }

  /** A place that is already known as text. */
  public static Pointer of(String text) {
    return text.isEmpty() ? ROOT : new Pointer(null, "", text);
  }

  /** The place of a key. */
  public Pointer at(String key) {
    return new Pointer(this, key, "");
  }

  /** The place of an element. */
  public Pointer at(int index) {
    return new Pointer(this, index, "");
  }

  /** The text with one more key, in one go. */
  public static String join(String pointer, String key) {
    return pointer + '/' + escape(key);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return start;
    }
    StringBuilder text = new StringBuilder(32);
    append(text);
    return text.toString();
  }

  /** The last step, as a name for what stands there. */
  public String name() {
    return parent == null ? "the document" : step instanceof String key ? key : "the element";
  }

  private void append(StringBuilder text) {
    if (parent == null) {
      text.append(start);
    } else {
      parent.append(text);
      text.append('/').append(escape(step.toString()));
    }
  }

  private static String escape(String key) {
    return key.indexOf('~') < 0 && key.indexOf('/') < 0
        ? key
        : key.replace("~", "~0").replace("/", "~1");
  }
}
