package io.flowforge.cli;

import io.flowforge.spi.Keyring;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the flows of a command may reach.
 *
 * @param root folder that file actions are confined to
 * @param privateNetworks whether the http action may call loopback and private addresses
 * @param keyring opens the credentials of the store; null leaves them closed
 */
record Reach(Path root, boolean privateNetworks, @Nullable Keyring keyring) {
  static final String KEYRING = "--keyring";

  /** Adds the options of a command that runs flows. */
  static CommandSpec options(CommandSpec spec, String otherwise) {
    return spec.addOption(Options.privateNetwork())
        .addOption(Options.root(otherwise))
        .addOption(
            Options.text(
                KEYRING,
                "FILE|env:VARIABLE",
                "Lets flows use credentials of the store, which are encrypted with these keys."));
  }

  /** What was given. */
  static Reach of(ParseResult given, Path otherwise, Console console) {
    Path root = Options.path(given, Options.ROOT);
    String keyring = Options.text(given, KEYRING);
    return new Reach(
        root == null ? otherwise : root,
        Options.has(given, Options.PRIVATE_NETWORK),
        keyring == null ? null : Keyrings.of(keyring, console));
  }
}
