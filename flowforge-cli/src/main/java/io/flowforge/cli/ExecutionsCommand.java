package io.flowforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge executions}. */
final class ExecutionsCommand implements Subcommand {
  private static final Map<String, Supplier<Subcommand>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("list", ListExecutions::new);
    VERBS.put("show", ShowExecution::new);
    VERBS.put("logs", LogsOfExecution::new);
    for (SendMessage.Kind kind : SendMessage.Kind.values()) {
      VERBS.put(kind.verb(), () -> new SendMessage(kind));
    }
    VERBS.put("resume", ResumeExecution::new);
    VERBS.put("export", ExportExecution::new);
    VERBS.put("import", ImportExecution::new);
    VERBS.put("retry", () -> new CopyExecution(CopyExecution.Kind.RETRY));
    VERBS.put("fork", () -> new CopyExecution(CopyExecution.Kind.FORK));
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
                "executions", "Looks at executions that a store has kept, and moves them on.")
            .addOption(Options.help());
    spec.usageMessage().synopsisSubcommandLabel("VERB");
    VERBS.forEach((name, verb) -> spec.addSubcommand(name, verb.get().spec()));
    return spec;
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    Supplier<Subcommand> verb =
        given.hasSubcommand() ? VERBS.get(given.subcommand().commandSpec().name()) : null;
    if (verb == null) {
      throw new Refusal("FF-CLI-USAGE", "name a VERB: " + String.join(", ", VERBS.keySet()));
    }
    return verb.get().run(given.subcommand(), console);
  }
}
