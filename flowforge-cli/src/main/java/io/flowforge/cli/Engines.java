package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.InvalidFlowException;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.flow.Flow;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Engines as the commands need them. */
final class Engines {
  private Engines() {}

  /** An engine that only answers questions: it touches no file and calls nobody. */
  static FlowForge reading() {
    return FlowForge.builder().build();
  }

  /** An engine that runs flows, with file actions confined to a folder. */
  static FlowForge running(Path root, boolean privateNetworks) {
    if (!Files.isDirectory(root)) {
      throw new Refusal("FF-CLI-FILE", "--root must be a folder, there is none at " + root);
    }
    FlowForgeBuilder builder = FlowForge.builder().service(FilePolicy.class, FilePolicy.of(root));
    if (privateNetworks) {
      builder.service(HttpPolicy.class, HttpPolicy.builder().allowPrivateNetworks().build());
    }
    return builder.build();
  }

  /** Makes the flows of a folder known, for sub-flows and error flows. */
  static void register(FlowForge forge, @Nullable Path folder) {
    if (folder == null) {
      return;
    }
    for (Path file : FlowFile.in(folder)) {
      register(forge, file, FlowFile.load(file, forge));
    }
  }

  private static void register(FlowForge forge, Path file, Flow flow) {
    try {
      forge.register(flow);
    } catch (InvalidFlowException invalid) {
      throw new InvalidFile(file, invalid.problems());
    }
  }
}
