package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Operations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions import}. */
final class ImportExecution implements Subcommand {
  private static final String ID = "--id";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "import", "Brings an exported execution into a store; it runs once it is resumed.")
        .addPositional(Options.argument("FILE", "What export has printed."))
        .addOption(Options.text(ID, "ID", "An id of its own; otherwise the one it had."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    byte[] file = FlowFile.bytes(Path.of(Options.argument(given)));
    String document = new String(file, StandardCharsets.UTF_8);
    String id = Options.text(given, ID);
    Map<String, Object> printed = new LinkedHashMap<>();
    try (FlowForge forge = Stored.looking(given)) {
      Operations operations = forge.operations();
      Execution taken =
          id == null
              ? operations.importExecution(document)
              : operations.importExecution(document, id);
      printed.put("executionId", taken.id());
      printed.put("status", taken.status().name());
    }
    console.document(printed);
    return Exit.COMPLETED;
  }
}
