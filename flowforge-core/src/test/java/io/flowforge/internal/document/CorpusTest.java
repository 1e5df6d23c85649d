package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.assertCivil;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Corpora;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusTest {
  @Test
  void files_of_the_json_parsing_suite_are_refused_with_a_civil_answer() throws IOException {
    for (Path file : Corpora.files("json-parsing", ".json")) {
      FlowDocument document = FlowDocument.load(file);
      assertThat(document.isValid()).as("%s", file).isFalse();
      assertCivil(document);
    }
  }

  @Test
  void b_fd_20_flows_of_another_engine_are_read_and_what_is_not_understood_is_told()
      throws IOException {
    for (Path file : Corpora.files("flowmaestro", ".json")) {
      FlowDocument document = FlowDocument.load(file);
      assertThat(document.problems()).extracting(Problem::path).containsExactly("/entryPoint");
      Map<String, Object> values = values(file);
      values.remove("entryPoint");
      Flow flow = Flow.parse(Json.write(values));
      assertThat(flow.nodes()).hasSameSizeAs(((Map<?, ?>) values.get("nodes")).keySet());
      assertThat(Flow.parse(flow.toYaml())).isEqualTo(flow);
    }
  }

  @Test
  void b_fd_20_flows_of_a_foreign_format_are_refused_with_their_foreign_keys() throws IOException {
    for (String folder : new String[] {"kestra/valids", "kestra/invalids"}) {
      for (String ending : new String[] {".yaml", ".yml"}) {
        for (Path file : Corpora.files(folder, ending)) {
          FlowDocument document = FlowDocument.load(file);
          assertThat(document.isValid()).as("%s", file).isFalse();
          assertCivil(document);
        }
      }
    }
  }

  private static Map<String, Object> values(Path file) {
    Map<String, Object> values = new LinkedHashMap<>();
    String text = new String(Corpora.bytes(file), StandardCharsets.UTF_8);
    ((Map<?, ?>) Json.parse(text)).forEach((key, value) -> values.put((String) key, value));
    return values;
  }
}
