package io.flowforge.internal.vault;

import io.flowforge.CredentialInfo;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.StoredRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A credential as its record holds it: JSON with a head for everybody, and the fields encrypted.
 *
 * <p>The whole head, with tenant and name from the record's key, is additional data of the
 * encryption. So a record that was put under another key, or whose hosts were changed, opens no
 * more.
 *
 * @param info the head
 * @param sealed the fields as JSON text, encrypted
 */
record StoredCredential(CredentialInfo info, Seal.Sealed sealed) {
  private static final int VERSION = 1;
  private static final char SLASH = '/';

  /** The key of the record; a name has no slash in it. */
  static String key(String tenant, String name) {
    return tenant + SLASH + name;
  }

  static String tenant(String key) {
    return key.substring(0, key.lastIndexOf(SLASH));
  }

  static String name(String key) {
    return key.substring(key.lastIndexOf(SLASH) + 1);
  }

  /** Encrypts fields under the key that the head names. */
  static StoredCredential close(CredentialInfo info, Map<String, String> fields, Keyring ring) {
    byte[] text = Json.bytes(new TreeMap<>(fields));
    return new StoredCredential(
        info,
        Seal.close(info.name(), Seal.key(info.name(), ring, info.keyId()), additional(info), text));
  }

  /** The fields by name. */
  Map<String, String> open(Keyring ring) {
    String name = info.name();
    byte[] text =
        Seal.open(name, info.keyId(), Seal.key(name, ring, info.keyId()), additional(info), sealed);
    Map<String, String> fields = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(Json.parse(text)))
        .forEach((field, value) -> fields.put((String) field, (String) value));
    return fields;
  }

  /** The fields as secrets that are bound to the hosts. */
  Map<String, Secret> secrets(Keyring ring) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    String[] hosts = info.hosts().toArray(new String[0]);
    open(ring).forEach((field, value) -> secrets.put(field, Secret.of(value).boundTo(hosts)));
    return secrets;
  }

  private static byte[] additional(CredentialInfo info) {
    return Json.bytes(List.of("flowforge-credential", info.tenant(), info.name(), head(info)));
  }

  private static Map<String, Object> head(CredentialInfo info) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("v", VERSION);
    head.put("type", info.type());
    head.put("description", info.description());
    head.put("hosts", info.hosts());
    head.put("fields", info.fields());
    head.put("created", micros(info.created()));
    head.put("changed", micros(info.changed()));
    head.put("key", info.keyId());
    return head;
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  byte[] bytes() {
    Map<String, Object> all = head(info);
    all.put("nonce", Base64.getEncoder().encodeToString(sealed.nonce()));
    all.put("text", Base64.getEncoder().encodeToString(sealed.text()));
    return Json.bytes(all);
  }

  static StoredCredential parse(StoredRecord record) {
    String name = name(record.key());
    try {
      Map<?, ?> all = (Map<?, ?>) Objects.requireNonNull(json(name, record));
      if (number(all, "v") != VERSION) {
        throw Refusals.unreadable(name, null);
      }
      CredentialInfo info =
          new CredentialInfo(
              name,
              tenant(record.key()),
              string(all, "type"),
              string(all, "description"),
              texts(all, "hosts"),
              texts(all, "fields"),
              string(all, "key"),
              Timestamps.ofMicros(number(all, "created")),
              Timestamps.ofMicros(number(all, "changed")));
      return new StoredCredential(
          info, new Seal.Sealed(decoded(all, "nonce"), decoded(all, "text")));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException odd) {
      throw Refusals.unreadable(name, odd);
    }
  }

  private static @Nullable Object json(String name, StoredRecord record) {
    try {
      return Json.parse(record.value());
    } catch (FlowForgeException odd) {
      throw Refusals.unreadable(name, odd);
    }
  }

  private static Object value(Map<?, ?> all, String key) {
    @Nullable Object value = all.get(key);
    return Objects.requireNonNull(value);
  }

  private static String string(Map<?, ?> all, String key) {
    return (String) value(all, key);
  }

  private static long number(Map<?, ?> all, String key) {
    return ((Number) value(all, key)).longValue();
  }

  private static List<String> texts(Map<?, ?> all, String key) {
    return ((List<?>) value(all, key)).stream().map(String.class::cast).toList();
  }

  private static byte[] decoded(Map<?, ?> all, String key) {
    return Base64.getDecoder().decode(string(all, key));
  }
}
