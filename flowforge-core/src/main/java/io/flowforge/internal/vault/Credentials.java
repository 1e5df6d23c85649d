package io.flowforge.internal.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowforge.CredentialStore;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Keyring;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that executions see: those that the builder was given, and those of the store.
 *
 * <p>What was read from the store is used for 5 seconds, at most 1,000 credentials, and what is
 * saved here is seen here at once. What cannot be read or opened is not remembered.
 */
public final class Credentials {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST = 1_000;
  private static final char DOT = '.';

  private final Map<String, Secret> given;
  private final @Nullable Keyring keyring;
  private final Vault vault;
  private final Consumer<Collection<Secret>> revealed;
  private final Cache<Owned, Optional<Map<String, Secret>>> opened;

  /** Where a credential is looked for. */
  private record Owned(String tenant, String name) {}

  /**
   * Credentials of an engine.
   *
   * @param given those that the builder was given
   * @param clock microseconds since 1970
   * @param revealed told of all secrets before anybody sees them
   */
  public Credentials(
      Map<String, Secret> given,
      @Nullable Keyring keyring,
      CredentialRecords records,
      LongSupplier clock,
      Consumer<Collection<Secret>> revealed) {
    this.given = Map.copyOf(given);
    this.keyring = keyring;
    this.revealed = revealed;
    this.opened =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(FRESH)
            .ticker(() -> clock.getAsLong() * 1000)
            .executor(Runnable::run)
            .build();
    this.vault = new Vault(records, keyring, this.given.keySet(), clock, opened::invalidateAll);
    revealed.accept(this.given.values());
  }

  public CredentialStore store() {
    return vault;
  }

  /** The credential of a name, or of {@code NAME.FIELD}. */
  public Secret find(String tenant, String name) {
    Secret own = given.get(name);
    return own != null ? own : stored(tenant, name);
  }

  private Secret stored(String tenant, String name) {
    int dot = name.indexOf(DOT);
    String credential = dot < 0 ? name : name.substring(0, dot);
    if (keyring == null || given.containsKey(credential)) {
      throw Refusals.unknown(name, given.keySet());
    }
    Map<String, Secret> fields =
        opened(tenant, credential)
            .or(() -> tenant.isEmpty() ? Optional.empty() : opened("", credential))
            .orElseThrow(() -> Refusals.unknown(name, given.keySet()));
    String field = dot < 0 ? "" : name.substring(dot + 1);
    Secret found =
        dot < 0 && fields.size() == 1 ? fields.values().iterator().next() : fields.get(field);
    if (found == null) {
      throw Refusals.field(credential, field, fields.keySet());
    }
    return found;
  }

  private Optional<Map<String, Secret>> opened(String tenant, String name) {
    Owned owned = new Owned(tenant, name);
    Optional<Map<String, Secret>> known = opened.getIfPresent(owned);
    if (known != null) {
      return known;
    }
    // Outside of the cache's lock, for it asks a store.
    Optional<Map<String, Secret>> found = vault.open(tenant, name);
    found.ifPresent(fields -> revealed.accept(fields.values()));
    opened.put(owned, found);
    return found;
  }

  /** What expressions of a tenant's executions see under {@code credentials}; asks no store. */
  public Map<String, Secret> view(String tenant) {
    return keyring == null ? given : new View(tenant);
  }

  /** Has whatever is asked for; whether it is there shows where it is used. */
  private final class View extends AbstractMap<String, Secret> {
    private final String tenant;

    View(String tenant) {
      this.tenant = tenant;
    }

    @Override
    public @Nullable Secret get(@Nullable Object key) {
      String name = String.valueOf(key);
      Secret own = given.get(name);
      return own != null ? own : Secret.lookedUp(name, () -> find(tenant, name));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String;
    }

    @Override
    public Set<Entry<String, Secret>> entrySet() {
      return Objects.requireNonNull(given.entrySet());
    }
  }
}
