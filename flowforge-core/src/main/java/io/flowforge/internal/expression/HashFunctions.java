package io.flowforge.internal.expression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes of the UTF-8 bytes of text, in lower-case hexadecimal digits. */
final class HashFunctions {

  private static final int CHARACTERS_PER_STEP = 64;

  private HashFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of("sha256(text)", "SHA-256.", a -> digest(a, "SHA-256")),
        Function.of("sha512(text)", "SHA-512.", a -> digest(a, "SHA-512")),
        Function.of("sha1(text)", "SHA-1, for old protocols only.", a -> digest(a, "SHA-1")),
        Function.of("md5(text)", "MD5, for old protocols only.", a -> digest(a, "MD5")),
        Function.of("crc32(text)", "CRC-32, a checksum of 8 digits.", HashFunctions::crc),
        Function.of("hmacSha256(text, key)", "HMAC with SHA-256.", HashFunctions::hmac));
  }

  private static byte[] bytes(Arguments arguments, int index) {
    String text = arguments.text(index);
    arguments.frame().step(text.length() / CHARACTERS_PER_STEP);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object digest(Arguments arguments, String algorithm) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes(arguments, 0));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw arguments.wrongValue("this Java has no " + algorithm);
    }
  }

  private static Object crc(Arguments arguments) {
    CRC32 crc = new CRC32();
    crc.update(bytes(arguments, 0));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static Object hmac(Arguments arguments) {
    byte[] key = bytes(arguments, 1);
    if (key.length == 0) {
      throw arguments.wrongValue("the key must not be empty");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes(arguments, 0)));
    } catch (GeneralSecurityException e) {
      throw arguments.wrongValue("this Java has no HmacSHA256");
    }
  }
}
