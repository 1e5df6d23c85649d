package io.flowforge.actions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Test data that lies beside the project, where it is present. */
public final class Corpora {
  private Corpora() {}

  public static Optional<Path> find(String name) {
    Path path = Path.of("../../shared/corpora").resolve(name);
    if (Files.exists(path)) {
      return Optional.of(path);
    }
    LoggerFactory.getLogger(Corpora.class).warn("{} is not here: passed over", path);
    return Optional.empty();
  }
}
