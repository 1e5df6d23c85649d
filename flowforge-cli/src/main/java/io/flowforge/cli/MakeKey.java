package io.flowforge.cli;

import io.flowforge.spi.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code flowforge keyring new|add}: writes a key to a file. It is written beside the file first
 * and then moved there, so that no reader ever sees a part of it.
 */
final class MakeKey implements Subcommand {
  private static final String ID = "--id";
  private static final int BYTES = 32;
  private static final DateTimeFormatter DATED =
      DateTimeFormatter.ofPattern("'k'uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Where the key goes to. */
  enum Kind {
    NEW("Makes a key file that only its owner may read, with one key."),
    ADD("Puts a new key first into a key file; it is written with from then on.");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

  private final Kind kind;

  MakeKey(Kind kind) {
    this.kind = kind;
  }

  @Override
  public CommandSpec spec() {
    return Options.command(kind.name().toLowerCase(Locale.ROOT), kind.description)
        .addPositional(Options.argument("FILE", "The key file."))
        .addOption(Options.text(ID, "ID", "Id of the key; otherwise made of the time."))
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = Options.textOr(given, ID, DATED.format(Instant.now()));
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Keyring.of(id, key); // refuses a wrong id
    String line = id + ":" + Base64.getEncoder().encodeToString(key) + "\n";
    Path file = FlowFile.path(Options.argument(given));
    try {
      if (kind == Kind.NEW) {
        create(file, line);
      } else {
        add(FlowFile.named(Options.argument(given)).toRealPath(), id, line);
      }
    } catch (IOException unwritable) {
      throw new Refusal("FF-CLI-FILE", file + " cannot be written; check its folder's permissions");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("keyId", id);
    console.document(document);
    return Exit.COMPLETED;
  }

  private static void create(Path file, String line) throws IOException {
    Path part = part(file, line);
    try {
      Files.move(part, file);
    } catch (FileAlreadyExistsException there) {
      throw new Refusal(
          "FF-CLI-FILE", file + " is there already; \"keyring add\" puts a new key into it");
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void add(Path file, String id, String line) throws IOException {
    if (Keyring.ofFile(file).key(id).isPresent()) {
      throw new Refusal(
          "FF-CLI-USAGE", file + " has a key \"" + id + "\" already; take another id");
    }
    Path part = part(file, line + Files.readString(file));
    try {
      keepRights(file, part);
      Keyring.ofFile(part); // refuses what has become too long
      replace(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A file in the same folder that only its owner may read. */
  private static Path part(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path part =
        folder == null
            ? Files.createTempFile(".keyring", null)
            : Files.createTempFile(folder, ".keyring", null);
    return Files.writeString(part, text, StandardCharsets.UTF_8);
  }

  /** Who could read the file before still can. */
  private static void keepRights(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView fresh = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (old != null && fresh != null) {
      PosixFileAttributes rights = old.readAttributes();
      fresh.setGroup(rights.group());
      fresh.setPermissions(rights.permissions());
    }
  }

  private static void replace(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
