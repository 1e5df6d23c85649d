package io.flowforge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public test corpora that lie beside the project; tests over them pass by where they are absent.
 */
public final class Corpora {
  private static final Logger LOG = LoggerFactory.getLogger(Corpora.class);
  private static final Path ROOT = Path.of("..", "..", "shared", "corpora");

  private Corpora() {}

  /** All files below a folder of the corpora, sorted; empty where the corpora are absent. */
  public static List<Path> files(String folder, String ending) {
    Path root = ROOT.resolve(folder);
    if (!Files.isDirectory(root)) {
      LOG.warn("{} is absent: the tests over it pass by", root);
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The bytes of a file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
