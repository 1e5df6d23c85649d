package io.flowforge.internal.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of the execution that an event starts: the same for the same event of the same node.
 *
 * <p>Flow and node for people, then the first 128 bits of the SHA-256 over tenant, flow, node and
 * deduplication key, each as UTF-8 behind its length in four bytes.
 */
final class TriggerId {
  private static final int LONGEST_NAME = 64;
  private static final int HEX_DIGITS = 32;

  private TriggerId() {}

  static String of(String tenant, String flow, String node, String dedupKey) {
    MessageDigest digest = sha256();
    add(digest, tenant);
    add(digest, flow);
    add(digest, node);
    add(digest, dedupKey);
    String hash = HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
    return cut(flow) + "@" + cut(node) + "@" + hash;
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
