package io.flowforge.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code flowforge keyring}. */
final class KeyringCommand {
  private KeyringCommand() {}

  static Subcommand create() {
    Map<String, Supplier<Subcommand>> verbs = new LinkedHashMap<>();
    for (MakeKey.Kind kind : MakeKey.Kind.values()) {
      verbs.put(kind.name().toLowerCase(Locale.ROOT), () -> new MakeKey(kind));
    }
    return new VerbCommand("keyring", "Makes the keys that credentials are encrypted with.", verbs);
  }
}
