package io.flowforge.internal.vault;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why a credential is not given, in words that hold no part of it. */
final class Refusals {
  private Refusals() {}

  static FlowForgeException unknown(String name, Collection<String> given) {
    return refusal(
        "FF-CRED-UNKNOWN",
        "no credential "
            + Shown.quoted(name)
            + " was given to the engine"
            + NearestName.hint(name, given),
        null);
  }

  static FlowForgeException noKeyring() {
    return refusal(
        "FF-CRED-KEYRING",
        "the engine has no keyring, and credentials are never written without encryption; give"
            + " its builder one with keyring(…)",
        null);
  }

  static FlowForgeException given(String name) {
    return refusal(
        "FF-CRED-GIVEN",
        "credential "
            + Shown.quoted(name)
            + " was given to the engine's builder, which wins over a stored one; choose another"
            + " name or take it away there",
        null);
  }

  static FlowForgeException noKey(String name, String keyId) {
    return refusal(
        "FF-CRED-KEY",
        "credential "
            + Shown.quoted(name)
            + " needs key "
            + Shown.quoted(keyId)
            + ", which the keyring does not have; add that key to it",
        null);
  }

  static FlowForgeException wrongKey(String name, String keyId, String what) {
    return refusal(
        "FF-CRED-KEY",
        "credential "
            + Shown.quoted(name)
            + " needs key "
            + Shown.quoted(keyId)
            + ", which "
            + what
            + "; it must be one of AES with 256 bits",
        null);
  }

  static FlowForgeException sealed(String name, String keyId, Throwable cause) {
    return refusal(
        "FF-CRED-SEALED",
        "credential "
            + Shown.quoted(name)
            + " cannot be opened with key "
            + Shown.quoted(keyId)
            + ": the key is another one, or the record was changed; save the credential again",
        cause);
  }

  static FlowForgeException unreadable(String name, @Nullable Throwable cause) {
    return refusal(
        "FF-CRED-SEALED",
        "the record of credential "
            + Shown.quoted(name)
            + " has a form that this version does not know; save the credential again",
        cause);
  }

  static FlowForgeException conflict(String name) {
    return new FlowForgeException(
        "FF-CRED-CONFLICT",
        "credential " + Shown.quoted(name) + " is being changed by others; try again",
        Map.of(),
        true,
        null);
  }

  static FlowForgeException field(String name, String asked, Collection<String> fields) {
    String what =
        asked.isEmpty()
            ? " has several fields; name one"
            : " has no field " + Shown.quoted(asked) + "; name one it has";
    return refusal(
        "FF-CRED-FIELD",
        "credential " + Shown.quoted(name) + what + ": " + String.join(", ", new TreeSet<>(fields)),
        null);
  }

  private static FlowForgeException refusal(String code, String what, @Nullable Throwable cause) {
    return new FlowForgeException(code, what, Map.of(), false, cause);
  }
}
