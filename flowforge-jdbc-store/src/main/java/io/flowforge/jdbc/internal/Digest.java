package io.flowforge.jdbc.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short keys for texts that are too long for an index: SHA-256 in hexadecimal digits. */
final class Digest {
  private Digest() {}

  /** Digest of a list of texts; different lists have different digests. */
  static String of(String... parts) {
    return HexFormat.of().formatHex(bytes(parts));
  }

  /** The first 64 bits of the digest. */
  static long number(String... parts) {
    return ByteBuffer.wrap(bytes(parts)).getLong();
  }

  private static byte[] bytes(String... parts) {
    MessageDigest sha = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sha.update(bytes);
    }
    return sha.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
