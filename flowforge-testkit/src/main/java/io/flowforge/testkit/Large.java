package io.flowforge.testkit;

import java.util.Random;

/** Content of some size that does not compress well. */
final class Large {
  private Large() {}

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** JSON text of that many characters. */
  static String json(int size) {
    Random random = new Random(size);
    StringBuilder text = new StringBuilder(size).append('"');
    while (text.length() < size - 1) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.append('"').toString();
  }
}
