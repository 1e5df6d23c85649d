package io.flowforge.internal.vault;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.time.Entropy;
import io.flowforge.spi.Keyring;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256 in Galois/Counter Mode, by the JDK's provider.
 *
 * <p>Source: NIST SP 800-38D. A nonce is 96 bits, drawn anew for each text (section 8.2.2), which
 * is good for 2^32 texts under one key; the tag has 128 bits and stands behind the text.
 */
final class Seal {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private Seal() {}

  /** A nonce and what was encrypted with it. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Sealed(byte[] nonce, byte[] text) {}

  /** Encrypts; the header is not, but what is changed in it is found out. */
  static Sealed close(String name, SecretKey key, byte[] header, byte[] text) {
    byte[] nonce = Entropy.bytes(NONCE_BYTES);
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(header);
      return new Sealed(nonce, cipher.doFinal(text));
    } catch (GeneralSecurityException failed) {
      throw Refusals.sealed(name, "", failed);
    }
  }

  static byte[] open(String name, String keyId, SecretKey key, byte[] header, Sealed sealed) {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed.nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(sealed.text);
    } catch (GeneralSecurityException | IllegalArgumentException failed) {
      throw Refusals.sealed(name, keyId, failed);
    }
  }

  /** A key of the ring that is fit for use. */
  static SecretKey key(String name, Keyring ring, String id) throws FlowForgeException {
    SecretKey key = ring.key(id).orElseThrow(() -> Refusals.noKey(name, id));
    if (!key.getAlgorithm().equals("AES")) {
      throw Refusals.wrongKey(name, id, "is not one of AES");
    }
    byte[] bytes = key.getEncoded(); // null when it stays inside of a device
    if (bytes != null && bytes.length != KEY_BYTES) {
      throw Refusals.wrongKey(name, id, "has " + bytes.length * 8 + " bits");
    }
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
    return key;
  }
}
