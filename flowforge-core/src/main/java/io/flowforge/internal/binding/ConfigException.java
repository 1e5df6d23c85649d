package io.flowforge.internal.binding;

import io.flowforge.FlowForgeException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A config does not fit its record, with all that is wrong with it; code {@code FF-CONFIG}. */
public final class ConfigException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  /** The problems. */
  private final transient List<ConfigProblem> problems;

  ConfigException(List<ConfigProblem> problems, @Nullable Throwable cause) {
    super(
        ConfigProblem.RUNNING,
        problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; ")),
        Map.of("paths", problems.stream().map(ConfigProblem::path).toList()),
        false,
        cause);
    this.problems = List.copyOf(problems);
  }

  /**
   * All problems, in the order of the record.
   *
   * @return at least one; empty after Java serialization
   */
  public List<ConfigProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
