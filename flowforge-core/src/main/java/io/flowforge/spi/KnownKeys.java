package io.flowforge.spi;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys that are all there. No message shows one, nor an entry, which may be one. */
final class KnownKeys implements Keyring {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int BYTES = 32;
  private static final int LONGEST_FILE = 64 << 10;

  private final String current;
  private final Map<String, SecretKey> keys;

  private KnownKeys(String current, Map<String, SecretKey> keys) {
    this.current = current;
    this.keys = Map.copyOf(keys);
  }

  static Keyring of(String id, byte[] key) {
    return new KnownKeys(id, Map.of(checked(id, "the keyring"), aes(id, key, "the keyring")));
  }

  static Keyring parse(String text, String where) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("#")) {
        continue;
      }
      for (String entry : line.split("[\\s,]+", -1)) {
        if (!entry.isEmpty()) {
          add(entry, where + ", entry " + ++number, keys);
        }
      }
    }
    if (keys.isEmpty()) {
      throw refused(where + " has no key; write id:base64 with 32 bytes", null);
    }
    return new KnownKeys(keys.keySet().iterator().next(), keys);
  }

  private static void add(String entry, String where, Map<String, SecretKey> keys) {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      throw refused(where + ": must be id:base64", null);
    }
    String id = checked(entry.substring(0, colon), where);
    byte[] key;
    try {
      key = Base64.getDecoder().decode(entry.substring(colon + 1));
    } catch (IllegalArgumentException ignored) { // it says at which character of the key
      throw refused(where + ": key \"" + id + "\" is not base64 (RFC 4648)", null);
    }
    if (keys.put(id, aes(id, key, where)) != null) {
      throw refused(where + ": key \"" + id + "\" is there twice", null);
    }
  }

  private static String checked(String id, String where) {
    if (!ID.matcher(id).matches()) {
      throw refused(where + ": id must be 1 to 64 letters, digits, '.', '_' and '-'", null);
    }
    return id;
  }

  private static SecretKey aes(String id, byte[] key, String where) {
    if (key.length != BYTES) {
      throw refused(
          where + ": key \"" + id + "\" must have 32 bytes for AES-256, had " + key.length, null);
    }
    return new SecretKeySpec(key, "AES");
  }

  static Keyring ofEnvironment(String variable) {
    String where = "environment variable " + Shown.quoted(variable);
    String text = System.getenv(variable);
    if (text == null) {
      throw refused(where + " is not set; set it to id:base64 with 32 bytes", null);
    }
    return parse(text, where);
  }

  static Keyring ofFile(Path file) {
    String where = "key file " + Shown.quoted(file.toString());
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST_FILE + 1);
    } catch (IOException unreadable) {
      throw refused(where + " cannot be read", unreadable);
    }
    if (bytes.length > LONGEST_FILE) {
      throw refused(where + " must have at most " + LONGEST_FILE + " bytes", null);
    }
    return parse(new String(bytes, StandardCharsets.UTF_8), where);
  }

  private static FlowForgeException refused(String message, @Nullable Throwable cause) {
    return new FlowForgeException("FF-CRED-KEYRING", message, Map.of(), false, cause);
  }

  @Override
  public String current() {
    return current;
  }

  @Override
  public Optional<SecretKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public String toString() {
    return "Keyring[current=" + current + ", keys=" + keys.size() + "]";
  }
}
