package io.flowforge.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.campaign.oracle.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One crash, told slowly. */
final class FirstCrashTest {
  @TempDir Path folder;

  @Test
  void a_process_that_died_behind_an_effect_is_finished_by_the_next_one() throws Exception {
    Scenario whole = Scenario.of(folder, Ground.h2(), CampaignFlow.CHAIN);
    Path points = folder.resolve("points");
    assertThat(WorkerProcess.run("first", "count:" + points, List.of(whole.folder()))).isZero();
    assertThat(Files.readAllLines(points)).contains("effect.after", "page.result.after");
    Map<String, String> ends = Oracle.ends(whole.stored());

    Scenario crashed = Scenario.of(folder, Ground.h2(), CampaignFlow.CHAIN);
    List<Path> folders = List.of(crashed.folder());
    assertThat(WorkerProcess.run("first", "halt:effect.after:2", folders))
        .isEqualTo(WorkerProcess.KILLED);
    assertThat(crashed.midway()).isEmpty();
    assertThat(WorkerProcess.run("finish", "", folders)).isZero();
    assertThat(crashed.ended(ends)).isEmpty();
    assertThat(crashed.repeated()).isEqualTo(1);
  }
}
