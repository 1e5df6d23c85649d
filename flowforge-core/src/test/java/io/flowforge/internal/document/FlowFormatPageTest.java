package io.flowforge.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page docs/flow-format.md tells the truth. */
class FlowFormatPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^```(?:json|yaml)(?: refused (\\S+))?\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void every_example_is_read_or_refused_as_the_page_says() throws IOException {
    List<MatchResult> examples = EXAMPLE.matcher(page()).results().toList();
    assertThat(examples).hasSizeGreaterThan(8);
    for (MatchResult example : examples) {
      FlowDocument document = FlowDocument.parse(example.group(2));
      if (example.group(1) == null) {
        Flow flow = document.orThrow();
        assertThat(Flow.parse(flow.toYaml())).isEqualTo(flow);
      } else {
        assertThat(document.problems()).extracting(Problem::code).contains(example.group(1));
      }
    }
  }

  @Test
  void every_key_and_code_is_on_the_page() throws IOException {
    String page = page();
    for (Set<String> keys :
        List.of(
            Keys.FLOW,
            Keys.INPUT,
            Keys.SETTINGS,
            Keys.NODE,
            Keys.EDGE,
            Keys.RETRY,
            Keys.CACHE,
            Keys.RATE_LIMIT,
            Keys.CIRCUIT_BREAKER)) {
      assertThat(keys)
          .allSatisfy(
              key -> assertThat(page).containsPattern("[`{ ]" + Pattern.quote(key) + "\\b"));
    }
    assertThat(page)
        .contains(
            Codes.SHAPE,
            Codes.KEY,
            Codes.ID,
            Codes.DUPLICATE_ID,
            Codes.TYPE,
            Codes.CONFIG,
            Codes.EMPTY,
            Codes.EDGE,
            Codes.PARENT,
            Codes.DEPTH,
            Codes.SIZE,
            Codes.INPUT);
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "flow-format.md"));
  }
}
