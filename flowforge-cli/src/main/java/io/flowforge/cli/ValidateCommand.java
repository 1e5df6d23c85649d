package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.flow.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge validate}. */
final class ValidateCommand implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command("validate", "Prints everything that is wrong with flows.")
        .addPositional(Options.arguments("FLOW", "JSON or YAML documents."))
        .addOption(Options.flows())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    List<Path> files = Options.arguments(given).stream().map(FlowFile::named).toList();
    List<Map<String, Object>> all = new ArrayList<>();
    try (FlowForge forge = Engines.reading()) {
      Engines.register(forge, Options.path(given, Options.FLOWS));
      for (Path file : files) {
        List<Problem> problems = FlowFile.problems(file, forge);
        problems.forEach(problem -> console.say(file + ": " + problem));
        all.addAll(Problems.values(file.toString(), problems));
      }
    }
    console.document(Map.of("problems", all));
    return all.isEmpty() ? Exit.COMPLETED : Exit.INVALID;
  }
}
