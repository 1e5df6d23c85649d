package io.flowforge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where stack traces go: to the file that {@code -Dflowforge.debug=FILE} names, never to a stream
 * that a user looks at.
 */
final class DebugLog {
  private static final String PROPERTY = "flowforge.debug";

  private DebugLog() {}

  /** Writes a trace, and says where it went or how to get it. */
  static String write(Throwable failure) {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      return "FLOWFORGE_JAVA_OPTIONS=-D" + PROPERTY + "=FILE writes the details to a file.";
    }
    try (PrintWriter file =
        new PrintWriter(
            Files.newBufferedWriter(
                Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      failure.printStackTrace(file);
      return "The details are in " + name + ".";
    } catch (IOException | UncheckedIOException unwritable) {
      return "The details could not be written to " + name + ".";
    }
  }
}
