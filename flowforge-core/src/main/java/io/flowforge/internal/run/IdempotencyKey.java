package io.flowforge.internal.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key of a node run that is the same over attempts, restarts and versions of the engine.
 *
 * <p>{@code ff1_} and the base32 (RFC 4648, lower case, no padding) of the SHA-256 over execution
 * id, node id and iteration path, each as UTF-8 behind its length in four bytes. A test holds a
 * constant of it: a changed key would charge customers twice.
 */
final class IdempotencyKey {
  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  private IdempotencyKey() {}

  static String of(String executionId, String nodeId, String iterationPath) {
    MessageDigest digest = sha256();
    add(digest, executionId);
    add(digest, nodeId);
    add(digest, iterationPath);
    return "ff1_" + base32(digest.digest());
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = buffer << 8 | next & 0xFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32[buffer >>> bits & 31]);
      }
    }
    if (bits > 0) {
      text.append(BASE32[buffer << (5 - bits) & 31]);
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
