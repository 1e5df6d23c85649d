package io.flowforge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Does what commands usually do, so that the archive of class data holds what they need; see the
 * launcher.
 */
final class Rehearsal {
  private static final List<String> FLOWS = List.of("rehearsal.json", "rehearsal.yaml");

  private Rehearsal() {}

  static void perform() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("flowforge");
    for (String name : FLOWS) {
      Path flow = folder.resolve(name);
      try (InputStream content = Rehearsal.class.getResourceAsStream(name)) {
        Files.write(flow, content == null ? new byte[0] : content.readAllBytes());
      }
      String file = flow.toString();
      FlowForgeCli.run(new String[] {"validate", file}, nowhere, nowhere);
      FlowForgeCli.run(new String[] {"run", file, "--input", "name=x"}, nowhere, nowhere);
      FlowForgeCli.run(new String[] {"graph", file}, nowhere, nowhere);
      Files.delete(flow);
    }
    FlowForgeCli.run(new String[] {"run"}, nowhere, nowhere);
    Files.delete(folder);
  }
}
