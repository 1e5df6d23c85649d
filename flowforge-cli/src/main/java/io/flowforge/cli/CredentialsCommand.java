package io.flowforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code flowforge credentials}. */
final class CredentialsCommand {
  private CredentialsCommand() {}

  static Subcommand create() {
    Map<String, Supplier<Subcommand>> verbs = new LinkedHashMap<>();
    verbs.put("put", PutCredential::new);
    verbs.put("list", ListCredentials::new);
    verbs.put("delete", DeleteCredential::new);
    verbs.put("rotate", RotateCredentials::new);
    return new VerbCommand("credentials", "Keeps secrets in a store, encrypted.", verbs);
  }
}
