package io.flowforge.testkit.internal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.internal.fault.FaultHook;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.testkit.Registration;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at fault points, in processes of their own. */
final class CrashHookTest {
  @TempDir private Path folder;

  /** How a process ended, and the last line it wrote. */
  private record Ended(int status, String line) {}

  @Test
  void nothing_happens_when_nothing_is_asked_for() throws Exception {
    assertThat(run()).isEqualTo(new Ended(0, "step 3"));
    FaultPoints.hit("store.commit.before");
  }

  @Test
  void points_are_counted() throws Exception {
    Path file = folder.resolve("points");
    assertThat(run("-Dflowforge.faults=count:" + file)).isEqualTo(new Ended(0, "step 3"));
    String step = "store.commit.before\nstore.commit.after\n";
    assertThat(file).hasContent(step.repeat(3));
  }

  @Test
  void the_process_ends_at_the_point() throws Exception {
    assertThat(run("-Dflowforge.faults=halt:store.commit.before:3"))
        .isEqualTo(new Ended(137, "step 2"));
    assertThat(run("-Dflowforge.faults=halt:store.commit.after:2"))
        .isEqualTo(new Ended(137, "step 1"));
  }

  @Test
  void a_point_that_is_never_reached_ends_nothing() throws Exception {
    assertThat(run("-Dflowforge.faults=halt:store.commit.before:4"))
        .isEqualTo(new Ended(0, "step 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "off",
        "halt",
        "halt:",
        "halt:point",
        "halt:point:0",
        "halt:point:x",
        "stop:point"
      })
  void a_setting_must_be_known(String setting) {
    assertThatThrownBy(() -> new CrashHook().hook(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count:FILE, halt:POINT:N or stop:POINT:N")
        .hasMessageContaining('"' + setting);
  }

  @Test
  void it_is_registered_for_class_path_and_module_path() {
    Registration.verify(FaultHook.class, CrashHook.class);
  }

  private Ended run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CommittingProgram.class.getName());
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended in a minute").isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
    return new Ended(process.exitValue(), lines.get(lines.size() - 1));
  }
}
