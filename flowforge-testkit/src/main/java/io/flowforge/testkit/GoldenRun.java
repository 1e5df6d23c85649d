package io.flowforge.testkit;

import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run that was looked at once and found right, kept as a JSON file to compare later runs with.
 *
 * <p>Kept are status, outputs, variables, error, and of every node run status, port, attempts,
 * output, error and reason; ids and times are left out. With the system property {@code
 * flowforge.golden} set to {@code update} the file is written instead of compared; look at its
 * difference before you commit it.
 *
 * <pre>{@code
 * GoldenRun.of(Path.of("src/test/golden/report.json"))
 *     .ignoring("/nodes/fetch/output/headers/date")
 *     .verify(result);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class GoldenRun {
  /** The system property that makes files be written. */
  public static final String PROPERTY = "flowforge.golden";

  private final Path file;
  private final List<String> ignored;

  private GoldenRun(Path file, List<String> ignored) {
    this.file = file;
    this.ignored = List.copyOf(ignored);
  }

  /**
   * A golden run in a file.
   *
   * @param file JSON file, usually below {@code src/test}
   * @return the golden run
   */
  public static GoldenRun of(Path file) {
    return new GoldenRun(Objects.requireNonNull(file, "file"), List.of());
  }

  /**
   * A copy that leaves some values out of account.
   *
   * @param pointers JSON pointers into the file, such as {@code /nodes/fetch/output/items/0/id}
   * @return the copy
   */
  public GoldenRun ignoring(String... pointers) {
    List<String> all = new ArrayList<>(ignored);
    all.addAll(List.of(pointers));
    return new GoldenRun(file, all);
  }

  /**
   * Compares a run with the file, or writes the file.
   *
   * @param result the run
   * @throws AssertionError with every difference and its place, or when there is no file yet
   */
  public void verify(ExecutionResult result) {
    verify(result.snapshot());
  }

  /**
   * Compares a run with the file, or writes the file.
   *
   * @param snapshot the run
   * @throws AssertionError with every difference and its place, or when there is no file yet
   */
  public void verify(ExecutionSnapshot snapshot) {
    Object actual = normal(snapshot);
    for (String pointer : ignored) {
      actual = Blank.at(pointer, actual);
    }
    if ("update".equals(System.getProperty(PROPERTY))) {
      write(actual);
      return;
    }
    if (!Files.exists(file)) {
      throw new AssertionError("there is no golden run " + file + " yet; " + advice());
    }
    List<String> differences = Differences.all(read(), Json.parse(Json.write(actual)));
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "the run differs from "
              + file
              + ":\n  "
              + String.join("\n  ", differences)
              + "\nIf it is right, "
              + advice());
    }
  }

  private static String advice() {
    return "run the test with -D" + PROPERTY + "=update to record it";
  }

  /** A run without ids and times. */
  static Map<String, Object> normal(ExecutionSnapshot snapshot) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("flow", snapshot.flow().id());
    run.put("status", snapshot.status().name());
    run.put("outputs", snapshot.outputs());
    run.put("variables", snapshot.variables());
    putError(run, snapshot.error());
    Map<String, Object> nodes = new LinkedHashMap<>();
    snapshot.nodes().forEach(node -> nodes.put(node.path(), normal(node)));
    run.put("nodes", nodes);
    return run;
  }

  /** A node run without times. */
  static Map<String, Object> normal(NodeSnapshot node) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("status", node.status().name());
    value.put("attempts", node.attempts());
    if (node.port() != null) {
      value.put("port", node.port());
    }
    value.put("output", node.output());
    putError(value, node.error());
    if (node.reason() != null) {
      value.put("reason", node.reason());
    }
    return value;
  }

  private static void putError(Map<String, Object> value, @Nullable ExecutionError error) {
    if (error != null) {
      value.put("error", error.toValue());
    }
  }

  private @Nullable Object read() {
    try {
      return Json.parse(Files.readAllBytes(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void write(@Nullable Object run) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, Json.writePretty(run) + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
