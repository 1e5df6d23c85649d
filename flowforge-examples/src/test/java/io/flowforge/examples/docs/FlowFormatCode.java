package io.flowforge.examples.docs;

import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The Java of docs/flow-format.md. */
final class FlowFormatCode {
  private FlowFormatCode() {}

  static List<Object> read() throws IOException {
    Flow flow = Flow.load(Path.of("greeting.yaml"));
    String canonical = flow.toJson();
    String version = flow.contentHash();
    List<Problem> problems = FlowDocument.load(Path.of("greeting.yaml")).problems();
    return List.of(canonical, version, problems);
  }
}
