package io.flowforge.cli;

import io.flowforge.flow.Problem;
import java.nio.file.Path;
import java.util.List;

/** A flow or an inputs file must be mended; ends the command with {@link Exit#INVALID}. */
final class InvalidFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<Problem> problems;

  InvalidFile(Path file, List<Problem> problems) {
    super(problems.size() + " problems", null, false, false);
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  Path file() {
    return file;
  }

  List<Problem> problems() {
    return problems;
  }
}
