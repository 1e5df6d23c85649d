package io.flowforge.examples;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.diagram.SvgDiagram;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Reads public figures, adds them up and draws the run; {@code flows/report.yaml} as a program. */
public final class StateReport {
  private StateReport() {}

  /** Runs the report of the folder that the first argument names. */
  public static void main(String[] args) throws IOException {
    System.out.println(
        run(Path.of(args.length == 0 ? "flowforge-examples/flows" : args[0])).outputs());
  }

  static ExecutionResult run(Path folder) throws IOException {
    try (FlowForge forge =
        FlowForge.builder().service(FilePolicy.class, FilePolicy.of(folder)).build()) {
      Flow flow = Flow.load(folder.resolve("report.yaml"));
      ExecutionResult result = forge.start(flow, Map.of()).await(Duration.ofSeconds(30));
      SvgDiagram.of(result.snapshot()).write(folder.resolve("out").resolve("report.svg"));
      return result;
    }
  }
}
