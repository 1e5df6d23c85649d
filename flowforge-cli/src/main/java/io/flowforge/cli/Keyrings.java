package io.flowforge.cli;

import io.flowforge.spi.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** The keys that credentials are encrypted with: the value of {@code --keyring}. */
final class Keyrings {
  private static final String ENVIRONMENT = "env:";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Keyrings() {}

  static OptionSpec needed() {
    return Options.needed(
        Reach.KEYRING, "FILE|env:VARIABLE", "The keys, one id:base64 in each line.");
  }

  /**
   * Reads the keys.
   *
   * @param place name of a file, or {@code env:} and the name of an environment variable
   */
  static Keyring of(String place, Console console) {
    if (place.startsWith(ENVIRONMENT)) {
      return Keyring.ofEnvironment(place.substring(ENVIRONMENT.length()));
    }
    Path file = FlowFile.named(place);
    Keyring keyring = Keyring.ofFile(file);
    if (isOpenToOthers(file)) {
      console.say(
          "flowforge: others may read or write the key file "
              + file
              + "; take their rights away, such as by chmod 600");
    }
    return keyring;
  }

  private static boolean isOpenToOthers(Path file) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      return view != null
          && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
    } catch (IOException unknown) {
      // It is a hint only, and the keys have been read.
      return false;
    }
  }
}
