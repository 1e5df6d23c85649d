package io.flowforge.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads documents as the tests of this room need them. */
final class Documents {
  private Documents() {}

  /** A JSON document written with single quotes, which must be in order. */
  static Flow flow(String json) {
    return Flow.parse(quoted(json));
  }

  /** The problems of a JSON document written with single quotes. */
  static List<Problem> problems(String json) {
    return FlowDocument.parse(quoted(json)).problems();
  }

  static String quoted(String json) {
    return json.replace('\'', '"');
  }

  static FlowDocument file(Path folder, String name, String content) {
    return file(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static FlowDocument file(Path folder, String name, byte[] content) {
    try {
      return FlowDocument.load(Files.write(folder.resolve(name), content));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What every refusal must keep to, whatever its cause. */
  static void assertCivil(FlowDocument document) {
    assertThat(document.problems()).hasSizeLessThanOrEqualTo(100).isSorted();
    for (Problem problem : document.problems()) {
      assertThat(problem.code()).matches("FF-DEF-[A-Z-]+");
      assertThat(problem.path()).matches("(/.*)?");
      assertThat(problem.message())
          .hasSizeBetween(5, 512)
          .doesNotContain("Exception", "jackson", "snakeyaml", "java.")
          .doesNotContainPattern("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]");
    }
  }
}
