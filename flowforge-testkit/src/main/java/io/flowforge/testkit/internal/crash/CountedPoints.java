package io.flowforge.testkit.internal.crash;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes down which points are reached; several processes may write to one file. */
final class CountedPoints implements Consumer<String> {
  private final Path file;

  CountedPoints(Path file) {
    this.file = file;
  }

  @Override
  public synchronized void accept(String point) {
    try {
      Files.writeString(file, point + "\n", CREATE, APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot count fault points in " + file, failed);
    }
  }
}
