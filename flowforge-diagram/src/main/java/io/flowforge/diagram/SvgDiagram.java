package io.flowforge.diagram;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.flow.Flow;
import io.flowforge.picture.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture of a flow, or of a run, as SVG.
 *
 * <pre>{@code
 * SvgDiagram.of(flow).write(Path.of("flow.svg"));
 * SvgDiagram.of(execution.snapshot()).write(Path.of("run.svg"));
 * }</pre>
 *
 * <p>Nodes are laid out from left to right by the layered algorithm of the Eclipse Layout Kernel; a
 * level whose layout would take long (thousands of nodes, or edges that span very many layers) is
 * set in plain columns, without the labels of its edges. The same picture gives the same text. It
 * needs no fonts, scripts or other files, and follows the light or dark scheme of its viewer.
 * Immutable.
 */
public final class SvgDiagram {
  private final String svg;

  private SvgDiagram(Picture picture) {
    this.svg = new SvgDocument(picture, Sheets.of(picture.graph())).text();
  }

  /**
   * Draws a flow.
   *
   * @param flow any flow, also one with problems
   * @return the diagram
   */
  public static SvgDiagram of(Flow flow) {
    return of(Picture.of(flow));
  }

  /**
   * Draws a run with its states, attempts, durations, taken and dead edges and critical path.
   *
   * @param snapshot the run at one moment
   * @return the diagram
   */
  public static SvgDiagram of(ExecutionSnapshot snapshot) {
    return of(Picture.of(snapshot));
  }

  /**
   * Draws a picture.
   *
   * @param picture such as {@code execution.picture()}
   * @return the diagram
   */
  public static SvgDiagram of(Picture picture) {
    return new SvgDiagram(picture);
  }

  /**
   * The diagram as text.
   *
   * @return a well-formed SVG document; all text of the flow is escaped
   */
  public String svg() {
    return svg;
  }

  /**
   * Writes the diagram to a file.
   *
   * @param file created, or replaced when it is there; UTF-8
   * @throws IOException when the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, svg, StandardCharsets.UTF_8);
  }
}
