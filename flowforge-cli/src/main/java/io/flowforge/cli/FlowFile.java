package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Flow documents on disk. */
final class FlowFile {
  private static final int MOST_PROBLEMS = 100;

  private FlowFile() {}

  /** The path of a file that is there. */
  static Path named(String name) {
    Path file = path(name);
    check(file);
    return file;
  }

  /** The path of a file that need not be there. */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException invalid) {
      throw new Refusal("FF-CLI-FILE", "\"" + Plain.line(name) + "\" cannot be the name of a file");
    }
  }

  /**
   * Reads a flow that an engine is to run.
   *
   * @throws InvalidFile with every problem of the document and the flow
   */
  static Flow load(Path file, FlowForge forge) {
    FlowDocument document = read(file);
    if (!document.isValid()) {
      throw new InvalidFile(file, problems(document, forge));
    }
    return document.orThrow();
  }

  /**
   * Reads a flow to be drawn: its document must be in order, its graph need not be.
   *
   * @throws InvalidFile with every problem of the document
   */
  static Flow drawable(Path file) {
    FlowDocument document = read(file);
    return document
        .flow()
        .filter(flow -> document.isValid())
        .orElseThrow(() -> new InvalidFile(file, document.problems()));
  }

  /**
   * All that is wrong with a flow: as a document, and as far as it can be made out, as a graph that
   * this engine would run.
   */
  static List<Problem> problems(Path file, FlowForge forge) {
    return problems(read(file), forge);
  }

  private static List<Problem> problems(FlowDocument document, FlowForge forge) {
    Stream<Problem> deeper =
        document.flow().stream().flatMap(flow -> forge.validate(flow).stream());
    return Stream.concat(document.problems().stream(), deeper)
        .sorted()
        .distinct()
        .limit(MOST_PROBLEMS)
        .toList();
  }

  private static FlowDocument read(Path file) {
    check(file);
    try {
      return FlowDocument.load(file);
    } catch (IOException unreadable) {
      throw refusal(file);
    }
  }

  /** The documents of a folder, in the order of their names. */
  static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal("FF-CLI-FILE", "there is no folder " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(FlowFile::isDocument).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw refusal(folder);
    }
  }

  /** The bytes of a file that is not a flow. */
  static byte[] bytes(Path file) {
    check(file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw refusal(file);
    }
  }

  static void check(Path file) {
    if (!Files.exists(file)) {
      throw new Refusal("FF-CLI-FILE", "there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new Refusal("FF-CLI-FILE", file + " is a folder; name a file in it");
    }
  }

  private static boolean isDocument(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static Refusal refusal(Path file) {
    return new Refusal("FF-CLI-FILE", file + " cannot be read; check its permissions");
  }
}
