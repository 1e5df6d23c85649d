package io.flowforge.internal.time;

import java.security.SecureRandom;

/** Cryptographic randomness of the system; never from a seed, for a nonce must not come twice. */
public final class Entropy {
  private static final SecureRandom SOURCE = new SecureRandom();

  private Entropy() {}

  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    SOURCE.nextBytes(bytes);
    return bytes;
  }
}
