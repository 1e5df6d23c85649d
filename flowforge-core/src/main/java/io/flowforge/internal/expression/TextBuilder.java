package io.flowforge.internal.expression;

/** Builds one text and counts every character before it is built. */
final class TextBuilder {

  private final Frame frame;
  private final StringBuilder text = new StringBuilder();

  TextBuilder(Frame frame) {
    this.frame = frame;
  }

  TextBuilder append(CharSequence part) {
    reserve(part.length());
    text.append(part);
    return this;
  }

  TextBuilder append(char part) {
    reserve(1);
    text.append(part);
    return this;
  }

  TextBuilder repeat(String part, long times) {
    if (part.isEmpty() || times <= 0) {
      return this;
    }
    if (times > Limits.RESULT) {
      throw Frame.tooLarge();
    }
    reserve(part.length() * times);
    text.append(part.repeat((int) times));
    return this;
  }

  private void reserve(long length) {
    if (text.length() + length > Limits.RESULT) {
      throw Frame.tooLarge();
    }
    frame.grow(length);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
