package io.flowforge.internal.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns bytes into text: UTF-8 only, strictly, a byte order mark skipped. */
final class Utf8 {
  private Utf8() {}

  static String text(byte[] bytes, ReadRules rules) {
    if (bytes.length > rules.bytes()) {
      throw tooLong(rules);
    }
    refuseUtf16(bytes, rules);
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer source = ByteBuffer.wrap(bytes, start, bytes.length - start);
    try {
      CharBuffer text = decoder.decode(source);
      return text.toString();
    } catch (CharacterCodingException malformed) {
      throw new Unreadable(
          rules.syntax(),
          "byte " + source.position() + " is not valid UTF-8; save the text as UTF-8");
    }
  }

  /** Checks text that never was bytes, and drops a mark that a careless reader left in it. */
  static String text(String text, ReadRules rules) {
    if (text.length() > rules.bytes()) {
      throw tooLong(rules);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Unreadable tooLong(ReadRules rules) {
    return new Unreadable(
        rules.code("SIZE"), "the text is longer than the allowed " + rules.bytes() + " bytes");
  }

  private static void refuseUtf16(byte[] bytes, ReadRules rules) {
    boolean zeros = bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0);
    if (zeros || startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw new Unreadable(
          rules.syntax(), "the text is encoded as UTF-16 or UTF-32; save it as UTF-8");
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    byte[] wanted = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      wanted[i] = (byte) mark[i];
    }
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, wanted, 0, mark.length);
  }
}
