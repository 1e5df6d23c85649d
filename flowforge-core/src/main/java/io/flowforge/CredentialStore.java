package io.flowforge;

import java.util.List;
import java.util.Optional;

/**
 * The credentials of an engine's store, encrypted with AES-256 in Galois/Counter Mode (NIST SP
 * 800-38D) under keys of the host; in memory for an engine without a store.
 *
 * <p>Nothing here gives a secret back: flows name it, and actions ask their context for it. An
 * execution sees the credentials of its tenant and those of none, its tenant's first; one that the
 * builder was given wins over both. A change is seen by executions of this engine at once, and by
 * those of others within 5 seconds.
 *
 * <p>Every method may block, up to the engine's start deadline, and throw what the store does.
 * Thread-safe.
 */
public interface CredentialStore {
  /**
   * Saves a credential, in place of an earlier one of the same tenant and name.
   *
   * @param credential the credential
   * @throws FlowForgeException {@code FF-CRED-KEYRING} when the engine was given no keyring, {@code
   *     FF-CRED-GIVEN} when its builder was given a credential of that name, {@code FF-CRED-KEY}
   *     when the keyring lacks its own current key, {@code FF-CRED-CONFLICT} when others keep
   *     changing it
   */
  void save(Credential credential);

  /**
   * What is known of a credential.
   *
   * @param tenant its tenant; empty for those of none
   * @param name its name
   * @return all but its secrets
   */
  Optional<CredentialInfo> find(String tenant, String name);

  /**
   * The credentials of a tenant, sorted by name.
   *
   * @param tenant the tenant; empty for those of none
   * @return all but their secrets
   */
  List<CredentialInfo> list(String tenant);

  /**
   * Deletes a credential. Executions that name it fail from then on with {@code FF-CRED-UNKNOWN}.
   *
   * @param tenant its tenant; empty for those of none
   * @param name its name
   * @return whether there was one
   */
  boolean delete(String tenant, String name);

  /**
   * Encrypts anew, one by one, what is not under the keyring's current key. May be stopped and
   * called again at any time, beside executions and other engines. Once it returns, and no engine
   * with an older keyring saves any more, older keys may be taken away.
   *
   * @return how many it encrypted anew
   * @throws FlowForgeException {@code FF-CRED-KEYRING} without a keyring, {@code FF-CRED-KEY} or
   *     {@code FF-CRED-SEALED} for the first that could not be opened; all others are done then
   */
  int rotate();
}
