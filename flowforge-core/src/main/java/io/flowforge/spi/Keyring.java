package io.flowforge.spi;

import java.nio.file.Path;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The keys that credentials are encrypted with: AES with 256 bits, each under an id that is written
 * beside what it encrypts.
 *
 * <p>Given to the engine by its builder; never searched for. An engine asks for keys whenever it
 * reads or writes a credential, from any thread. One of a key service should keep them in memory
 * for a while.
 */
public interface Keyring {
  /**
   * The key that is written with from now on.
   *
   * @return its id, 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}
   */
  String current();

  /**
   * A key.
   *
   * @param id its id
   * @return the key, if there is one
   */
  Optional<SecretKey> key(String id);

  /**
   * A keyring with one key.
   *
   * @param id its id
   * @param key 32 bytes from a source of cryptographic randomness
   * @return the keyring
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-KEYRING} when id or length are wrong
   */
  static Keyring of(String id, byte[] key) {
    return KnownKeys.of(id, key);
  }

  /**
   * A keyring from text: entries {@code id:base64} apart by line breaks, commas or spaces. The
   * first is the current key, the others are older ones that credentials may still be under. Lines
   * that begin with {@code #} do not count.
   *
   * @param text the entries
   * @return the keyring
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-KEYRING} when an entry cannot be read;
   *     the message shows none
   */
  static Keyring parse(String text) {
    return KnownKeys.parse(text, "the keyring");
  }

  /**
   * A keyring from an environment variable, as {@link #parse} reads it.
   *
   * @param variable name of the variable
   * @return the keyring
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-KEYRING} when it is not set or wrong
   */
  static Keyring ofEnvironment(String variable) {
    return KnownKeys.ofEnvironment(variable);
  }

  /**
   * A keyring from a file of at most 64 KiB, as {@link #parse} reads it; read once.
   *
   * @param file UTF-8 text
   * @return the keyring
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-KEYRING} when it cannot be read or is
   *     wrong
   */
  static Keyring ofFile(Path file) {
    return KnownKeys.ofFile(file);
  }
}
