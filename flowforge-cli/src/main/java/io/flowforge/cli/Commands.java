package io.flowforge.cli;

import io.flowforge.FlowForgeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The commands, and the guard around them: whatever happens ends in an exit code and a sentence.
 *
 * <p>Only the command that is called is put together, for the sake of a quick start.
 */
final class Commands {
  private static final List<String> NAMES =
      List.of(
          "run",
          "validate",
          "graph",
          "catalog",
          "executions",
          "flows",
          "credentials",
          "keyring",
          "publish",
          "audit");

  private Commands() {}

  static Exit execute(String[] args, Console console) {
    try {
      return carryOut(args, console);
    } catch (Throwable failure) {
      return failed(failure, console);
    }
  }

  private static Exit failed(Throwable failure, Console console) {
    if (failure instanceof ParameterException invalid) {
      return usage(invalid, console);
    }
    if (failure instanceof Refusal refusal) {
      return console.refuse(refusal.code(), refusal.text());
    }
    if (failure instanceof InvalidFile invalid) {
      return console.problems(invalid.file().toString(), invalid.problems());
    }
    if (failure instanceof FlowForgeException refused) {
      return console.refuse(refused.code(), String.valueOf(refused.getMessage()));
    }
    console.refuse(
        "FF-INTERNAL",
        "something went wrong inside FlowForge; this is a fault of ours, please report it. "
            + DebugLog.write(failure));
    return Exit.FAILED;
  }

  private static Exit carryOut(String[] args, Console console) throws InterruptedException {
    CommandLine root = new CommandLine(root(args));
    root.setExpandAtFiles(false);
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    ParseResult given = root.parseArgs(args);
    ParseResult innermost = given;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    if (innermost.isUsageHelpRequested()) {
      console.print(innermost.commandSpec().commandLine().getUsageMessage(Ansi.OFF));
      return Exit.COMPLETED;
    }
    if (innermost == given) {
      return alone(given, console);
    }
    ParseResult called = given.subcommand();
    return command(called.commandSpec().name()).run(called, console);
  }

  /** Without a reference to each constructor, which would load them all at every start. */
  private static Subcommand command(String name) {
    return switch (name) {
      case "run" -> new RunCommand();
      case "validate" -> new ValidateCommand();
      case "graph" -> new GraphCommand();
      case "catalog" -> new CatalogCommand();
      case "executions" -> ExecutionsCommand.create();
      case "flows" -> FlowsCommand.create();
      case "credentials" -> CredentialsCommand.create();
      case "keyring" -> KeyringCommand.create();
      case "publish" -> new PublishCommand();
      case "audit" -> new AuditCommand();
      default -> throw new IllegalStateException("no command " + name);
    };
  }

  private static Exit alone(ParseResult given, Console console) {
    if (!Options.has(given, Options.VERSION)) {
      throw new Refusal("FF-CLI-USAGE", "name a command: " + String.join(", ", NAMES));
    }
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("flowforge", Version.own());
    versions.put("java", Runtime.version().toString());
    console.document(versions);
    return Exit.COMPLETED;
  }

  private static CommandSpec root(String[] args) {
    CommandSpec root = Options.command("flowforge", "Runs automation flows.");
    root.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .footer("", "Standard output gets one JSON document, standard error everything else.");
    root.addOption(Options.help())
        .addOption(Options.flag(Options.VERSION, "Prints the versions of FlowForge and Java."));
    String wanted = args.length == 0 ? "" : args[0];
    if (NAMES.contains(wanted)) {
      root.addSubcommand(wanted, command(wanted).spec());
    } else {
      NAMES.forEach(name -> root.addSubcommand(name, command(name).spec()));
    }
    return root;
  }

  private static Exit usage(ParameterException invalid, Console console) {
    String command = invalid.getCommandLine().getCommandSpec().qualifiedName();
    return console.refuse(
        "FF-CLI-USAGE",
        Plain.line(String.valueOf(invalid.getMessage())) + "; see \"" + command + " --help\"");
  }
}
