package io.flowforge.internal.binding;

/**
 * One thing that is wrong with a config.
 *
 * @param code {@code FF-DEF-CONFIG} while a flow is planned, {@code FF-CONFIG} while it runs
 * @param path JSON pointer from the config on, such as {@code /headers/accept}; empty is the whole
 *     config
 * @param message what, the value, what is allowed
 */
public record ConfigProblem(String code, String path, String message) {
  /** Found in a document. */
  public static final String PLANNED = "FF-DEF-CONFIG";

  /** Found in what templates have given. */
  public static final String RUNNING = "FF-CONFIG";
}
