package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.ImportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions import}. */
final class ImportExecution implements Subcommand {
  private static final String ID = "--id";
  private static final int MOST_GIB = 1 << 20;
  private static final String BLOB_LIMIT = "--blob-limit";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "import", "Brings an exported execution into a store; it runs once it is resumed.")
        .addPositional(Options.argument("FILE", "What export has printed or written."))
        .addOption(Options.text(ID, "ID", "An id of its own; otherwise the one it had."))
        .addOption(
            Options.text(BLOB_LIMIT, "GIB", "The most of all its blobs together; otherwise 16."))
        .addOption(Stored.blobs())
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    Path file = FlowFile.named(Options.argument(given));
    ImportOptions options = options(given);
    Map<String, Object> printed = new LinkedHashMap<>();
    try (FlowForge forge = Stored.lookingAtBlobs(given);
        InputStream exported = Files.newInputStream(file)) {
      Execution taken = forge.operations().importExecution(exported, options);
      printed.put("executionId", taken.id());
      printed.put("status", taken.status().name());
    } catch (IOException unreadable) {
      throw new Refusal("FF-CLI-FILE", file + " cannot be read; check its permissions");
    }
    console.document(printed);
    return Exit.COMPLETED;
  }

  private static ImportOptions options(ParseResult given) {
    long limit = Values.number(given, BLOB_LIMIT, 1, MOST_GIB, 16);
    ImportOptions options = ImportOptions.DEFAULT.withBlobLimit(limit << 30);
    String id = Options.text(given, ID);
    return id == null ? options : Values.checked(() -> options.withExecutionId(id));
  }
}
