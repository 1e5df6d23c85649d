package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("system property flowforge.golden")
class GoldenRunTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void record() {
    file = folder.resolve("deep/run.json");
    System.setProperty(GoldenRun.PROPERTY, "update");
    GoldenRun.of(file).verify(run(5, "token-1"));
    System.clearProperty(GoldenRun.PROPERTY);
  }

  @AfterEach
  void stop_recording() {
    System.clearProperty(GoldenRun.PROPERTY);
  }

  @Test
  void holds_for_a_run_like_the_recorded_one() {
    GoldenRun.of(file).verify(run(5, "token-1"));
  }

  @Test
  void names_every_place_that_differs() {
    assertThatThrownBy(() -> GoldenRun.of(file).verify(run(6, "token-2")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/outputs/total: expected 5, was 6")
        .hasMessageContaining("/nodes/fetch/output/0/token: expected \"token-1\", was \"token-2\"")
        .hasMessageContaining("-Dflowforge.golden=update");
  }

  @Test
  void leaves_out_of_account_what_it_is_told_to() {
    GoldenRun golden =
        GoldenRun.of(file).ignoring("/nodes/fetch/output/0/token", "/nowhere/at/all");
    System.setProperty(GoldenRun.PROPERTY, "update");
    golden.verify(run(5, "token-1"));
    System.clearProperty(GoldenRun.PROPERTY);
    golden.verify(run(5, "token-2"));
  }

  @Test
  void keeps_neither_ids_nor_times() throws Exception {
    assertThat(Files.readString(file)).doesNotContain("sample", "2026");
  }

  @Test
  void says_how_to_record_when_there_is_no_file() {
    assertThatThrownBy(() -> GoldenRun.of(folder.resolve("none.json")).verify(run(5, "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dflowforge.golden=update");
  }

  private static ExecutionSnapshot run(int total, String token) {
    return SampleRun.of(ExecutionStatus.COMPLETED)
        .output("total", total)
        .node("fetch", NodeStatus.COMPLETED, 0, 10, List.of(Map.of("token", token)))
        .snapshot();
  }
}
