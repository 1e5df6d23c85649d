package io.flowforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateReportTest {
  @Test
  void adds_the_states_up_by_region_writes_and_draws(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    for (String file : List.of("report.yaml", "data/us-states-2020.csv")) {
      Files.copy(Path.of("flows").resolve(file), folder.resolve(file));
    }

    ExecutionResult result = StateReport.run(folder);

    assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(result.outputs().get("largest"))
        .isEqualTo(List.of("California", "Texas", "Florida"));
    Map<?, ?> first = (Map<?, ?>) ((List<?>) result.outputs().get("regions")).get(0);
    assertThat(first.get("region")).isEqualTo("South");
    assertThat(folder.resolve("out/regions.csv")).content().contains("Northeast", "Midwest");
    assertThat(folder.resolve("out/report.svg")).content().startsWith("<").contains("regions");
  }
}
