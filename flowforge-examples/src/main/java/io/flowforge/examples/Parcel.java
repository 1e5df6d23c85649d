package io.flowforge.examples;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.flow.Flow;
import io.flowforge.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A program that may be killed at any moment: started again it goes on where it stood; {@code
 * flows/parcel.yaml}.
 */
public final class Parcel {
  private Parcel() {}

  /** Takes the folder of the flow, the URL of a database, and how long the packing takes. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Map<String, Object> inputs = Map.of("packing", args[2]);
    Flow flow = Flow.load(folder.resolve("parcel.yaml"));
    try (FlowForge forge =
        FlowForge.builder()
            .store(JdbcStore.at(args[1]))
            .service(FilePolicy.class, FilePolicy.of(folder))
            .build()) {
      // The second process does not start another one: the id is known, and it goes on.
      StartOptions one = StartOptions.DEFAULT.withExecutionId("parcel-1");
      Execution execution = forge.start(flow, inputs, one);
      System.out.println(execution.await(Duration.ofMinutes(5)).orThrow());
    }
  }
}
