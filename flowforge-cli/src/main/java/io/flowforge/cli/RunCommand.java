package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.InvalidFlowException;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.flow.Flow;
import io.flowforge.picture.Picture;
import io.flowforge.spi.store.FlowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge run}. */
final class RunCommand implements Subcommand {
  private static final String INPUT = "--input";
  private static final String INPUTS = "--inputs";
  private static final String TRACE = "--trace";
  private static final String EVENTS = "--events";
  private static final String FLOW = "--flow";

  private @Nullable CancelOnExit cancelOnExit;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command("run", "Runs a flow and prints its outputs and what became of every node.");
    spec.usageMessage()
        .footer(
            "",
            "Exit codes: 0 completed, 1 failed or cancelled, 2 usage, 3 invalid flow or input,",
            "4 waiting for a person, an event or a time past --timeout.");
    spec.addPositional(Options.optional("FLOW", "JSON or YAML document."))
        .addOption(Options.text(FLOW, "ID", "Instead of a document: a flow that the store keeps."))
        .addOption(Options.version("With --flow: the version to run; otherwise the current one."))
        .addOption(
            Options.texts(
                INPUT,
                "NAME=VALUE",
                "An input: JSON when it parses as JSON, else text. Repeatable."))
        .addOption(Options.path(INPUTS, "FILE", "A JSON object of inputs."))
        .addOption(
            Options.time(
                Options.TIMEOUT,
                "How long to wait, such as 90s or PT1M30S; otherwise until only a person or an"
                    + " event can move the execution on."))
        .addOption(Options.flows())
        .addOption(Options.flag(EVENTS, "Writes every event as JSON to standard error."))
        .addOption(
            Options.path(
                TRACE, "FILE", "Draws the run into a file: .svg, .mmd (Mermaid) or .dot."));
    Reach.options(StartChoices.options(spec), "the flow's own, or with --flow the current one");
    return spec.addOption(Options.store()).addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) throws InterruptedException {
    boolean named = Options.has(given, FLOW);
    if (named == given.hasMatchedPositional(0)) {
      throw new Refusal("FF-CLI-USAGE", "name one FLOW, or else --flow ID");
    }
    int version = version(given);
    String url = Options.text(given, Options.STORE);
    boolean kept = named || Options.has(given, Reach.KEYRING);
    FlowStore store = kept ? Stores.kept(url) : Stores.of(url);
    Path trace = Options.path(given, TRACE);
    Drawing drawing = trace == null ? Drawing.SVG : Drawing.of(trace);
    Path file = named ? null : FlowFile.named(Options.argument(given));
    String source = file == null ? Options.textOr(given, FLOW, "") : file.toString();
    try (FlowForge forge = Engines.running(store, Reach.of(given, folder(file), console))) {
      Engines.register(forge, Options.path(given, Options.FLOWS));
      Flow flow =
          file == null
              ? StoredFlows.startable(
                  view(forge, given).flows(), StoredFlows.checkedId(source), version)
              : FlowFile.load(file, forge);
      Map<String, Object> inputs =
          Inputs.of(flow, Options.path(given, INPUTS), Options.texts(given, INPUT));
      ExecutionSnapshot end = watch(forge, flow, inputs, given, console);
      Map<String, Object> document = ResultDocument.of(end, Instant.now());
      if (trace != null) {
        drawing.write(Picture.of(end), trace, console);
      }
      console.document(document);
      forge.close(Duration.ofSeconds(1));
      return Exit.of(end.status());
    } catch (InvalidFlowException invalid) {
      return console.problems(source, invalid.problems());
    } finally {
      if (cancelOnExit != null) {
        cancelOnExit.close();
      }
    }
  }

  private ExecutionSnapshot watch(
      FlowForge forge, Flow flow, Map<String, Object> inputs, ParseResult given, Console console)
      throws InterruptedException {
    boolean events = Options.has(given, EVENTS);
    try (Reporter reporter = Reporter.on(console, forge, flow, events)) {
      Execution execution = view(forge, given).start(flow, inputs, StartChoices.of(given));
      if (execution.created() && !execution.status().isFinal()) {
        cancelOnExit = new CancelOnExit(execution);
      }
      new Watch(forge, execution, Watch.Until.STUCK, Options.time(given, Options.TIMEOUT)).await();
      reporter.awaitEnds(forge.executions());
      return execution.snapshot();
    }
  }

  /** The engine as the tenant sees it. */
  private static FlowForge view(FlowForge forge, ParseResult given) {
    return Options.has(given, Options.TENANT) ? Stored.view(forge, given) : forge;
  }

  private static int version(ParseResult given) {
    if (!Options.has(given, Options.VERSION)) {
      return 0;
    }
    if (!Options.has(given, FLOW)) {
      throw new Refusal("FF-CLI-USAGE", Options.VERSION + " goes with " + FLOW);
    }
    return Values.number(given, Options.VERSION, 1, Integer.MAX_VALUE, 0);
  }

  /** Where the flow is; the current folder when it is in the store. */
  private static Path folder(@Nullable Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path own = file == null ? here : here.resolve(file).getParent();
    return own == null ? here : own;
  }
}
