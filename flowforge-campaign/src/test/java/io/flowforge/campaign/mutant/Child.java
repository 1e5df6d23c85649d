package io.flowforge.campaign.mutant;

import io.flowforge.internal.fault.Mutants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that has ended.
 *
 * @param status how it ended
 * @param output the lines it wrote
 */
record Child(int status, List<String> output) {
  private static final List<String> SMALL =
      List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  /**
   * Runs one on the class path of this process, for up to two minutes.
   *
   * @param folder made for its output
   * @param mutant name of the defence to take away, or null
   */
  static Child run(Path folder, @Nullable String mutant, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    if (mutant != null) {
      command.add("-D" + Mutants.PROPERTY + "=" + mutant);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException(program.getSimpleName() + " does not end");
      }
    } finally {
      process.destroyForcibly();
    }
    return new Child(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
  }
}
