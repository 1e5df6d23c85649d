package io.flowforge.actions.file;

import io.flowforge.actions.internal.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** Bytes to text and back, without replacing what does not fit. */
final class Encodings {
  private Encodings() {}

  static Charset of(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding must be a known one such as UTF-8, UTF-16 or windows-1252, was "
              + Shown.value(name),
          e);
    }
  }

  /** The text without a byte order mark. */
  static String text(byte[] bytes, Charset encoding) throws IOException {
    CharBuffer text =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes));
    boolean marked = text.length() > 0 && text.charAt(0) == '\uFEFF';
    return text.subSequence(marked ? 1 : 0, text.length()).toString();
  }

  static byte[] bytes(String text, Charset encoding) throws IOException {
    ByteBuffer bytes =
        encoding
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .encode(CharBuffer.wrap(text));
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
