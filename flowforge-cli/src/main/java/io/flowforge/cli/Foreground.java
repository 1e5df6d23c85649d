package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What commands share that take a stored execution up and stay until it ends. */
final class Foreground {
  private Foreground() {}

  /** Adds the options of such a command. */
  static CommandSpec options(CommandSpec spec) {
    spec.addOption(
            Options.time(
                Options.TIMEOUT, "How long to stay, such as 90s or PT1M30S; otherwise to the end."))
        .addOption(Options.flows());
    return Stored.options(Reach.options(spec, "the current folder"));
  }

  /** An engine on the store that was named. */
  static FlowForge engine(ParseResult given, Console console) {
    FlowForge forge =
        Engines.running(
            Stores.kept(Options.text(given, Options.STORE)),
            Reach.of(given, Path.of("").toAbsolutePath(), console));
    try {
      Engines.register(forge, Options.path(given, Options.FLOWS));
    } catch (RuntimeException refused) {
      forge.close();
      throw refused;
    }
    return forge;
  }

  /** Stays until an execution ends, and prints it as {@code run} does. */
  static Exit stay(FlowForge forge, Execution execution, ParseResult given, Console console)
      throws InterruptedException {
    new Watch(forge, execution, Watch.Until.END, Options.time(given, Options.TIMEOUT)).await();
    ExecutionSnapshot end = execution.snapshot();
    console.document(ResultDocument.of(end, Instant.now()));
    return Exit.of(end.status());
  }
}
