package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.spi.Keyring;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge credentials rotate}. */
final class RotateCredentials implements Subcommand {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "rotate",
                "Encrypts anew, of all tenants, what is not under the first key of the keyring.")
            .addOption(Keyrings.needed());
    return Stored.options(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    Keyring keyring = Keyrings.of(Options.textOr(given, Reach.KEYRING, ""), console);
    Map<String, Object> document = new LinkedHashMap<>();
    try (FlowForge forge =
        Engines.looking(Stores.kept(Options.text(given, Options.STORE)), keyring)) {
      document.put("rotated", Stored.acting(forge, given).credentials().rotate());
    }
    document.put("keyId", keyring.current());
    console.document(document);
    return Exit.COMPLETED;
  }
}
