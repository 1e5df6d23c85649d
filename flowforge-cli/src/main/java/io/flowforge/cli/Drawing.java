package io.flowforge.cli;

import io.flowforge.diagram.SvgDiagram;
import io.flowforge.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms that pictures can be written in. */
enum Drawing {
  MERMAID("mermaid", ".mmd"),
  DOT("dot", ".dot"),
  SVG("svg", ".svg");

  private final String format;
  private final String suffix;

  Drawing(String format, String suffix) {
    this.format = format;
    this.suffix = suffix;
  }

  /** By its name; Mermaid when none is given. */
  static Drawing named(@Nullable String format) {
    if (format == null) {
      return MERMAID;
    }
    for (Drawing drawing : values()) {
      if (drawing.format.equals(format)) {
        return drawing;
      }
    }
    String known = Arrays.stream(values()).map(d -> d.format).collect(Collectors.joining(", "));
    throw new Refusal(
        "FF-CLI-USAGE",
        "--format must be one of " + known + ", was \"" + Plain.line(format) + "\"");
  }

  /** By the end of the name of a file that is to be written. */
  static Drawing of(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Refusal("FF-CLI-FILE", "there is no folder for --trace " + file);
    }
    for (Drawing drawing : values()) {
      if (file.toString().endsWith(drawing.suffix)) {
        return drawing;
      }
    }
    throw new Refusal(
        "FF-CLI-USAGE", "--trace must name a file that ends in .svg, .mmd or .dot, was " + file);
  }

  String text(Picture picture) {
    return switch (this) {
      case MERMAID -> picture.mermaid();
      case DOT -> picture.dot();
      case SVG -> SvgDiagram.of(picture).svg();
    };
  }

  /**
   * Draws into a file; a run that could not be drawn has still been run, so this only complains.
   */
  void write(Picture picture, Path file, Console console) {
    try {
      Files.writeString(file, text(picture));
    } catch (IOException unwritable) {
      console.say("flowforge: " + file + " cannot be written, the run is not drawn");
    }
  }
}
