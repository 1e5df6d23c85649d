package io.flowforge.flow;

import io.flowforge.InvalidFlowException;
import io.flowforge.internal.document.FlowDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reading a flow document gave: a flow, problems, or both.
 *
 * <p>With problems the flow, if there is one, lacks the bad parts: good enough to look for further
 * problems in, never to be run. {@link Flow#load} and {@link Flow#parse} are for those who want a
 * flow or an exception. Immutable.
 */
public final class FlowDocument {
  private final @Nullable Flow flow;
  private final List<Problem> problems;

  private FlowDocument(@Nullable Flow flow, List<Problem> problems) {
    this.flow = flow;
    this.problems = problems;
  }

  /**
   * The outcome of a reading.
   *
   * @param flow the flow as far as it could be made out, or null
   * @param problems at least one when there is no flow
   * @return both
   */
  public static FlowDocument of(@Nullable Flow flow, List<Problem> problems) {
    if (flow == null && problems.isEmpty()) {
      throw new IllegalArgumentException("a document without a flow must have a problem");
    }
    return new FlowDocument(flow, problems.stream().sorted().distinct().toList());
  }

  /**
   * Reads a file.
   *
   * @param file JSON when its name ends in {@code .json}, YAML for {@code .yaml} and {@code .yml};
   *     JSON for any other name when the first character is an opening brace, else YAML; UTF-8
   * @return the flow and the problems
   * @throws IOException when the file cannot be read
   */
  public static FlowDocument load(Path file) throws IOException {
    return load(file, DocumentLimits.DEFAULT);
  }

  /**
   * Reads a file that may be larger, or must be smaller, than usual.
   *
   * @param file as for {@link #load(Path)}
   * @param limits how large it may be
   * @return the flow and the problems
   * @throws IOException when the file cannot be read
   */
  public static FlowDocument load(Path file, DocumentLimits limits) throws IOException {
    return FlowDocuments.load(file, limits);
  }

  /**
   * Reads a text.
   *
   * @param text JSON when its first character is an opening brace, else YAML
   * @return the flow and the problems
   */
  public static FlowDocument parse(String text) {
    return parse(text, DocumentLimits.DEFAULT);
  }

  /**
   * Reads a text that may be larger, or must be smaller, than usual.
   *
   * @param text JSON when its first character is an opening brace, else YAML
   * @param limits how large it may be
   * @return the flow and the problems
   */
  public static FlowDocument parse(String text, DocumentLimits limits) {
    return FlowDocuments.parse(text, limits);
  }

  /**
   * Reads bytes.
   *
   * @param utf8 UTF-8, a byte order mark is skipped; JSON when the first character is an opening
   *     brace, else YAML
   * @return the flow and the problems
   */
  public static FlowDocument parse(byte[] utf8) {
    return parse(utf8, DocumentLimits.DEFAULT);
  }

  /**
   * Reads bytes that may be more, or must be fewer, than usual.
   *
   * @param utf8 as for {@link #parse(byte[])}
   * @param limits how large the document may be
   * @return the flow and the problems
   */
  public static FlowDocument parse(byte[] utf8, DocumentLimits limits) {
    return FlowDocuments.parse(utf8, limits);
  }

  /**
   * The flow, without its bad parts.
   *
   * @return the flow, unless nothing could be made out
   */
  public Optional<Flow> flow() {
    return Optional.ofNullable(flow);
  }

  /**
   * What is wrong with the document.
   *
   * @return sorted, at most 100
   */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Whether the document is in order.
   *
   * @return true when there are no problems
   */
  public boolean isValid() {
    return problems.isEmpty();
  }

  /**
   * The flow of a document that is in order.
   *
   * @return the flow
   * @throws InvalidFlowException with every problem
   */
  public Flow orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidFlowException(problems);
    }
    return Objects.requireNonNull(flow);
  }

  @Override
  public String toString() {
    return (flow == null ? "no flow" : flow.toString()) + ", " + problems.size() + " problems";
  }
}
