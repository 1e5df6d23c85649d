package io.flowforge.actions.http;

import io.flowforge.execution.Secret;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import org.jspecify.annotations.Nullable;

/**
 * How an {@code http} node signs in.
 *
 * @param type the scheme
 * @param credential name of a credential of the host that is the password, token or key
 * @param username user of {@code basic}
 * @param password password of {@code basic}, when no credential is named
 * @param token token of {@code bearer} or key of {@code api-key}, when no credential is named
 * @param name header or parameter of {@code api-key}
 * @param in where {@code api-key} goes
 */
@Doc("How to sign in.")
public record HttpAuth(
    @Doc("basic, bearer or api-key.") Type type,
    @Doc("Name of the credential that is the password, token or key.") @Nullable String credential,
    @Doc("User of basic.") @Nullable String username,
    @Doc("Password of basic, when no credential is named.") @Nullable Secret password,
    @Doc("Token of bearer or key of api-key, when no credential is named.") @Nullable Secret token,
    @Doc("Header or parameter of api-key.") @Default("X-API-Key") String name,
    @Doc("Where the api-key goes: header or query.") @Default("header") Place in) {

  /** The scheme. */
  public enum Type {
    /** User and password (RFC 7617). */
    BASIC,
    /** A token (RFC 6750). */
    BEARER,
    /** A key in a header or parameter. */
    API_KEY
  }

  /** Where an API key goes. */
  public enum Place {
    /** In a header. */
    HEADER,
    /** In a query parameter. */
    QUERY
  }

  /** Refuses what cannot be used, with the config key. */
  void check() {
    Secret own = type == Type.BASIC ? password : token;
    String key = type == Type.BASIC ? "password" : "token";
    if ((own == null) == (credential == null)) {
      throw new IllegalArgumentException(
          "auth must have either "
              + key
              + " or credential, had "
              + (own == null ? "none" : "both"));
    }
    if (type == Type.BASIC && username == null) {
      throw new IllegalArgumentException("auth.username is required for basic");
    }
  }
}
