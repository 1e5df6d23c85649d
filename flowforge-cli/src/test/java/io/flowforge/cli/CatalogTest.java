package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void lists_all_node_types() {
    List<?> types = (List<?>) CommandLineRun.of("catalog").at("types");
    assertThat(types.stream().<Object>map(type -> ((Map<?, ?>) type).get("type")))
        .contains("echo", "loop", "http", "read-file", "webhook");
  }

  @Test
  void shows_one_type_by_its_name_or_an_alias() {
    for (String name : List.of("http", "http-request", "http_request")) {
      CommandLineRun run = CommandLineRun.of("catalog", name);
      assertThat(run.at("type")).isEqualTo("http");
      assertThat(run.at("config", "properties", "url")).isNotNull();
      assertThat(run.at("ports")).isEqualTo(List.of("main"));
    }
  }

  @Test
  void ends_with_2_for_a_type_that_is_not_there() {
    CommandLineRun run = CommandLineRun.of("catalog", "htp");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.at("error", "message")).asString().contains("htp", "http");
  }
}
