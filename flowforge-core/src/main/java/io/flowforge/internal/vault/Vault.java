package io.flowforge.internal.vault;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.CredentialStore;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.Secret;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps credentials in records of the store, and changes each by compare-and-set. */
final class Vault implements CredentialStore {
  private static final int TRIES = 20;
  private static final int PAGE = 200;

  private final CredentialRecords records;
  private final @Nullable Keyring keyring;
  private final Set<String> given;
  private final LongSupplier clock;
  private final Runnable changed;

  /**
   * A vault.
   *
   * @param keyring null refuses all that needs a key
   * @param given names that the builder was given credentials of
   * @param clock microseconds since 1970
   * @param changed told when something was changed here
   */
  Vault(
      CredentialRecords records,
      @Nullable Keyring keyring,
      Set<String> given,
      LongSupplier clock,
      Runnable changed) {
    this.records = records;
    this.keyring = keyring;
    this.given = given;
    this.clock = clock;
    this.changed = changed;
  }

  private Keyring ring() {
    if (keyring == null) {
      throw Refusals.noKeyring();
    }
    return keyring;
  }

  @Override
  public void save(Credential credential) {
    Keyring ring = ring();
    String name = credential.name();
    if (given.contains(name)) {
      throw Refusals.given(name);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    credential.fields().forEach((field, secret) -> fields.put(field, secret.reveal()));
    String key = StoredCredential.key(credential.tenant(), name);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<StoredRecord> old = records.read(key);
      long now = clock.getAsLong();
      CredentialInfo info = info(credential, ring.current(), now, old.orElse(null));
      byte[] value = StoredCredential.close(info, fields, ring).bytes();
      if (records.write(key, old.map(StoredRecord::revision).orElse(0L), value)) {
        changed.run();
        return;
      }
    }
    throw Refusals.conflict(name);
  }

  private static CredentialInfo info(
      Credential credential, String keyId, long now, @Nullable StoredRecord old) {
    long created = old == null ? now : created(old, now);
    return new CredentialInfo(
        credential.name(),
        credential.tenant(),
        credential.type(),
        credential.description(),
        credential.hosts().stream().sorted().toList(),
        credential.fields().keySet().stream().sorted().toList(),
        keyId,
        Timestamps.ofMicros(created),
        Timestamps.ofMicros(now));
  }

  /** Of what is replaced; one that cannot be read must not keep anybody from saving anew. */
  private static long created(StoredRecord old, long now) {
    try {
      return StoredCredential.micros(StoredCredential.parse(old).info().created());
    } catch (FlowForgeException ignored) {
      return now;
    }
  }

  /** The secrets of a credential by field; empty when there is none. */
  Optional<Map<String, Secret>> open(String tenant, String name) {
    return records
        .read(StoredCredential.key(tenant, name))
        .map(found -> StoredCredential.parse(found).secrets(ring()));
  }

  @Override
  public Optional<CredentialInfo> find(String tenant, String name) {
    return records
        .read(StoredCredential.key(tenant, name))
        .map(found -> StoredCredential.parse(found).info());
  }

  @Override
  public List<CredentialInfo> list(String tenant) {
    List<CredentialInfo> all = new ArrayList<>();
    String after = "";
    List<StoredRecord> page;
    do {
      page = records.scan(StoredCredential.key(tenant, ""), after, PAGE);
      for (StoredRecord record : page) {
        after = record.key();
        // A tenant may have a slash in its own name.
        if (StoredCredential.tenant(record.key()).equals(tenant)) {
          all.add(StoredCredential.parse(record).info());
        }
      }
    } while (page.size() == PAGE);
    return all;
  }

  @Override
  public boolean delete(String tenant, String name) {
    String key = StoredCredential.key(tenant, name);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<StoredRecord> old = records.read(key);
      if (old.isEmpty()) {
        return false;
      }
      if (records.write(key, old.get().revision(), null)) {
        changed.run();
        return true;
      }
    }
    throw Refusals.conflict(name);
  }

  @Override
  public int rotate() {
    Keyring ring = ring();
    String current = ring.current();
    Seal.key("", ring, current);
    int rotated = 0;
    FlowForgeException failed = null;
    String after = "";
    List<StoredRecord> page;
    do {
      page = records.scan("", after, PAGE);
      for (StoredRecord record : page) {
        after = record.key();
        try {
          rotated += rotate(record, current, ring) ? 1 : 0;
        } catch (FlowForgeException refused) {
          failed = first(failed, refused);
        }
      }
    } while (page.size() == PAGE);
    if (failed != null) {
      throw failed;
    }
    return rotated;
  }

  /** What may pass ends it at once; what cannot be opened, once all others are done. */
  private static FlowForgeException first(
      @Nullable FlowForgeException earlier, FlowForgeException refused) {
    if (refused.retryable()) {
      throw refused;
    }
    return earlier == null ? refused : earlier;
  }

  private boolean rotate(StoredRecord first, String current, Keyring ring) {
    StoredRecord record = first;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      StoredCredential old = StoredCredential.parse(record);
      if (old.info().keyId().equals(current)) {
        return false;
      }
      StoredCredential fresh =
          StoredCredential.close(under(old.info(), current), old.open(ring), ring);
      if (records.write(record.key(), record.revision(), fresh.bytes())) {
        return true;
      }
      Optional<StoredRecord> now = records.read(record.key());
      if (now.isEmpty()) {
        return false;
      }
      record = now.get();
    }
    throw Refusals.conflict(StoredCredential.name(first.key()));
  }

  private static CredentialInfo under(CredentialInfo info, String keyId) {
    return new CredentialInfo(
        info.name(),
        info.tenant(),
        info.type(),
        info.description(),
        info.hosts(),
        info.fields(),
        keyId,
        info.created(),
        info.changed());
  }
}
