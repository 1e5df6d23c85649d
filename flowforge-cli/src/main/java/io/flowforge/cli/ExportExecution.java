package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.Operations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions export}. */
final class ExportExecution implements Subcommand {
  private static final String TO = "--to";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "export",
            "Prints an execution with its flow, journal and log as one JSON document, or writes it"
                + " with its blobs as an archive.")
        .addPositional(Options.argument("ID", "Id of an execution."))
        .addOption(Options.path(TO, "FILE", "The archive, a zip; replaces what was there."))
        .addOption(Stored.blobs())
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String id = Options.argument(given);
    Path file = Options.path(given, TO);
    if (file == null) {
      console.print(document(given, id));
    } else {
      console.document(archived(given, id, file));
    }
    return Exit.COMPLETED;
  }

  private static String document(ParseResult given, String id) {
    try (FlowForge forge = Stored.lookingAtBlobs(given)) {
      return forge.operations().export(id);
    }
  }

  private static Map<String, Object> archived(ParseResult given, String id, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FlowForge forge = Stored.lookingAtBlobs(given)) {
      // An archive that broke off never has the name of a whole one.
      write(forge.operations(), id, part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      Map<String, Object> printed = new LinkedHashMap<>();
      printed.put("executionId", id);
      printed.put("file", file.toString());
      printed.put("bytes", Files.size(file));
      return printed;
    } catch (IOException unwritable) {
      throw new Refusal("FF-CLI-FILE", file + " cannot be written; check the folder and its disk");
    }
  }

  private static void write(Operations operations, String id, Path part) throws IOException {
    try {
      try (OutputStream archive = Files.newOutputStream(part)) {
        operations.export(id, archive);
      }
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(part);
      throw failed;
    }
  }
}
