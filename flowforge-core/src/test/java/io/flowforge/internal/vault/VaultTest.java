package io.flowforge.internal.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands in a record, and who can read it. */
final class VaultTest {
  private static final String CANARY = "canary-\u00e9-4711";

  private final Shelf shelf = new Shelf();
  private long now = 1_000_000;

  /** Records in memory, which can fail. */
  private static final class Shelf implements CredentialRecords {
    final TreeMap<String, StoredRecord> records = new TreeMap<>();
    Runnable beforeWrite = () -> {};

    @Override
    public Optional<StoredRecord> read(String key) {
      return Optional.ofNullable(records.get(key));
    }

    @Override
    public boolean write(String key, long revision, byte @Nullable [] value) {
      beforeWrite.run();
      StoredRecord old = records.get(key);
      if (revision != (old == null ? 0 : old.revision())) {
        return false;
      }
      if (value == null) {
        records.remove(key);
      } else {
        records.put(key, new StoredRecord("credential", key, revision + 1, value));
      }
      return true;
    }

    @Override
    public List<StoredRecord> scan(String prefix, String after, int limit) {
      return records.tailMap(after, false).values().stream()
          .filter(found -> found.key().startsWith(prefix))
          .limit(limit)
          .toList();
    }

    void put(String key, byte[] value) {
      long revision = records.containsKey(key) ? records.get(key).revision() : 0;
      records.put(key, new StoredRecord("credential", key, revision + 1, value));
    }

    String text(String key) {
      return new String(records.get(key).value(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] key(int of) {
    byte[] bytes = new byte[32];
    new Random(of).nextBytes(bytes);
    return bytes;
  }

  private static String entry(String id, int of) {
    return id + ":" + Base64.getEncoder().encodeToString(key(of));
  }

  private Vault vault(@Nullable Keyring ring) {
    return new Vault(shelf, ring, Set.of("given"), () -> now, () -> {});
  }

  private final Vault vault = vault(Keyring.of("k1", key(1)));

  private static Credential crm(String secret) {
    return Credential.of("crm", Map.of("password", Secret.of(secret)), "crm.example.org");
  }

  private static String code(ThrowingCallable call) {
    FlowForgeException refused = catchThrowableOfType(FlowForgeException.class, call);
    assertThat(refused.getMessage()).doesNotContain("canary");
    return refused.code();
  }

  private String opened(Vault from, String tenant) {
    return from.open(tenant, "crm").orElseThrow().get("password").reveal();
  }

  @Test
  void p18_what_is_saved_is_opened_again_and_not_readable_in_the_record() {
    vault.save(crm(CANARY).withTenant("acme").withType("basic").withDescription("of sales"));

    assertThat(opened(vault, "acme")).isEqualTo(CANARY);
    assertThat(vault.open("", "crm")).isEmpty();
    assertThat(shelf.text("acme/crm"))
        .contains("of sales", "k1", "password")
        .doesNotContain("canary", "4711")
        .doesNotContain(
            Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void every_write_has_a_nonce_of_its_own() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      vault.save(crm(CANARY));
      texts.add(shelf.text("/crm").replaceAll(".*\"nonce\":\"([^\"]*)\".*", "$1"));
    }
    assertThat(texts).hasSize(50).allMatch(nonce -> Base64.getDecoder().decode(nonce).length == 12);
  }

  @Test
  void p18_a_wrong_key_and_a_missing_key_are_errors() {
    vault.save(crm(CANARY));
    assertThat(code(() -> vault(Keyring.of("k1", key(2))).open("", "crm")))
        .isEqualTo("FF-CRED-SEALED");
    assertThat(code(() -> vault(Keyring.of("k2", key(1))).open("", "crm")))
        .isEqualTo("FF-CRED-KEY");
    assertThat(code(() -> vault(null).open("", "crm"))).isEqualTo("FF-CRED-KEYRING");
    assertThat(code(() -> vault(null).save(crm(CANARY)))).isEqualTo("FF-CRED-KEYRING");
  }

  @Test
  void p18_every_changed_byte_of_a_record_is_found_out() {
    vault.save(crm(CANARY));
    byte[] good = shelf.records.get("/crm").value();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      shelf.put("/crm", bad);
      String code = code(() -> vault.open("", "crm"));
      assertThat(code).as("byte %s", i).isIn("FF-CRED-SEALED", "FF-CRED-KEY");
    }
  }

  @Test
  void p18_a_record_cannot_be_moved_to_another_owner_or_name() {
    vault.save(crm(CANARY).withTenant("acme"));
    byte[] value = shelf.records.get("acme/crm").value();
    shelf.put("evil/crm", value);
    shelf.put("acme/other", value);
    shelf.put("/crm", value);
    assertThat(code(() -> vault.open("evil", "crm"))).isEqualTo("FF-CRED-SEALED");
    assertThat(code(() -> vault.open("acme", "other"))).isEqualTo("FF-CRED-SEALED");
    assertThat(code(() -> vault.open("", "crm"))).isEqualTo("FF-CRED-SEALED");
  }

  @Test
  void p18_its_hosts_cannot_be_changed_in_the_record() {
    vault.save(crm(CANARY));
    String evil = shelf.text("/crm").replace("crm.example.org", "crm.example.com");
    shelf.put("/crm", evil.getBytes(StandardCharsets.UTF_8));
    assertThat(code(() -> vault.open("", "crm"))).isEqualTo("FF-CRED-SEALED");
  }

  @Test
  void a_list_shows_all_but_the_secrets() {
    vault.save(crm(CANARY));
    now += 5_000_000;
    vault.save(crm("other").withDescription("new"));
    vault.save(crm(CANARY).withTenant("a"));
    vault.save(crm(CANARY).withTenant("a/b"));

    CredentialInfo info = vault.find("", "crm").orElseThrow();
    assertThat(info.fields()).containsExactly("password");
    assertThat(info.description()).isEqualTo("new");
    assertThat(info.changed()).isEqualTo(info.created().plusSeconds(5));
    assertThat(vault.list("a")).extracting(CredentialInfo::tenant).containsExactly("a");
    assertThat(vault.list("").toString()).contains("crm.example.org").doesNotContain("canary");
    assertThat(vault.delete("a", "crm")).isTrue();
    assertThat(vault.delete("a", "crm")).isFalse();
    assertThat(vault.list("a")).isEmpty();
    assertThat(vault.list("a/b")).hasSize(1);
  }

  @Test
  void one_that_the_builder_was_given_is_not_saved_over() {
    Credential given = Credential.of("given", Secret.of(CANARY), "*");
    assertThat(code(() -> vault.save(given))).isEqualTo("FF-CRED-GIVEN");
  }

  private List<String> manyTenants(int count) {
    List<String> tenants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tenants.add("t" + i);
      vault.save(crm(CANARY + i).withTenant("t" + i));
    }
    return tenants;
  }

  @Test
  void rotation_goes_on_where_it_was_stopped_and_loses_nothing() {
    List<String> tenants = manyTenants(450);
    Keyring both = Keyring.parse(entry("k2", 2) + "\n" + entry("k1", 1));
    int[] writes = {0};
    shelf.beforeWrite =
        () -> {
          if (++writes[0] == 300) {
            throw StoreException.unavailable("gone", null);
          }
        };

    assertThat(code(() -> vault(both).rotate())).isEqualTo("FF-STORE-UNAVAILABLE");
    assertThat(vault(both).rotate()).isEqualTo(450 - 299);
    assertThat(vault(both).rotate()).isZero();

    Vault after = vault(Keyring.of("k2", key(2)));
    for (int i = 0; i < tenants.size(); i++) {
      assertThat(opened(after, tenants.get(i))).isEqualTo(CANARY + i);
    }
  }

  @Test
  void rotation_keeps_what_is_saved_meanwhile() {
    vault.save(crm("old"));
    Keyring both = Keyring.parse(entry("k2", 2) + "\n" + entry("k1", 1));
    shelf.beforeWrite =
        () -> {
          shelf.beforeWrite = () -> {};
          vault.save(crm("saved meanwhile"));
        };
    assertThat(vault(both).rotate()).isEqualTo(1);
    assertThat(opened(vault(Keyring.of("k2", key(2))), "")).isEqualTo("saved meanwhile");
  }

  @Test
  void rotation_does_all_others_before_it_tells_of_one_that_cannot_be_opened() {
    manyTenants(3);
    byte[] odd = shelf.records.get("t1/crm").value().clone();
    Arrays.fill(odd, odd.length - 20, odd.length - 2, (byte) 'A');
    shelf.put("t1/crm", odd);
    Keyring both = Keyring.parse(entry("k2", 2) + "\n" + entry("k1", 1));

    assertThat(code(() -> vault(both).rotate())).isEqualTo("FF-CRED-SEALED");

    Vault after = vault(Keyring.of("k2", key(2)));
    assertThat(opened(after, "t0")).isEqualTo(CANARY + 0);
    assertThat(opened(after, "t2")).isEqualTo(CANARY + 2);
  }
}
