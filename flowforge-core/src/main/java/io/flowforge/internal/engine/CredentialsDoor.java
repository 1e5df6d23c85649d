package io.flowforge.internal.engine;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.CredentialStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The credentials as one caller sees them: a tenant its own, and every change noted. */
record CredentialsDoor(CredentialStore inner, Audit audit, Caller caller)
    implements CredentialStore {
  @Override
  public void save(Credential credential) {
    Credential own =
        credential.tenant().isEmpty() ? credential.withTenant(caller.home()) : credential;
    if (!caller.sees(own.tenant())) {
      throw caller.bound("a credential of another tenant");
    }
    inner.save(own);
    audit.note(caller, own.tenant(), "credential.save", own.name(), Map.of());
  }

  @Override
  public Optional<CredentialInfo> find(String tenant, String name) {
    return caller.sees(tenant) ? inner.find(tenant, name) : Optional.empty();
  }

  @Override
  public List<CredentialInfo> list(String tenant) {
    return caller.sees(tenant) ? inner.list(tenant) : List.of();
  }

  @Override
  public boolean delete(String tenant, String name) {
    boolean deleted = caller.sees(tenant) && inner.delete(tenant, name);
    if (deleted) {
      audit.note(caller, tenant, "credential.delete", name, Map.of());
    }
    return deleted;
  }

  @Override
  public int rotate() {
    if (caller.tenant() != null) {
      throw caller.bound("rotating the keys of all credentials");
    }
    int count = inner.rotate();
    audit.note(caller, "", "credential.rotate", "", Map.of("count", Integer.toString(count)));
    return count;
  }
}
