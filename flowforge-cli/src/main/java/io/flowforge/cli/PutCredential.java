package io.flowforge.cli;

import io.flowforge.Credential;
import io.flowforge.CredentialStore;
import io.flowforge.FlowForge;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Keyring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge credentials put}. */
final class PutCredential implements Subcommand {
  private static final String HOST = "--host";
  private static final String FIELDS = "--fields";
  private static final String TYPE = "--type";
  private static final String DESCRIPTION = "--description";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "put", "Saves a credential, whose secret is read from standard input, never shown.")
            .addPositional(Options.argument("NAME", "Its name."))
            .addOption(
                Options.texts(
                    HOST,
                    "HOST",
                    "A host that it may be sent to: a name, *.example.org for all below, * for"
                        + " any. Repeatable."))
            .addOption(
                Options.flag(
                    FIELDS, "Standard input is a JSON object of secrets by name of a field."))
            .addOption(Options.text(TYPE, "TYPE", "What kind of credential it is."))
            .addOption(Options.text(DESCRIPTION, "TEXT", "A few words, shown in lists."))
            .addOption(Keyrings.needed());
    return Stored.viewOptions(spec);
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    List<String> hosts = Options.texts(given, HOST);
    if (hosts.isEmpty()) {
      throw new Refusal(
          "FF-CLI-USAGE", "name a host that it may be sent to, " + HOST + " HOST; * is any");
    }
    Keyring keyring = Keyrings.of(Options.textOr(given, Reach.KEYRING, ""), console);
    Map<String, Secret> fields =
        Options.has(given, FIELDS)
            ? SecretInput.fields(console.in())
            : Map.of("value", SecretInput.one(console.in()));
    Credential credential =
        Values.checked(
            () ->
                new Credential(
                    Options.argument(given),
                    Options.textOr(given, Options.TENANT, ""),
                    Options.textOr(given, TYPE, ""),
                    Options.textOr(given, DESCRIPTION, ""),
                    new LinkedHashSet<>(hosts),
                    fields));
    try (FlowForge forge =
        Engines.looking(Stores.kept(Options.text(given, Options.STORE)), keyring)) {
      CredentialStore credentials = Stored.view(forge, given).credentials();
      credentials.save(credential);
      credentials
          .find(credential.tenant(), credential.name())
          .ifPresent(saved -> console.document(ListCredentials.line(saved)));
    }
    return Exit.COMPLETED;
  }
}
