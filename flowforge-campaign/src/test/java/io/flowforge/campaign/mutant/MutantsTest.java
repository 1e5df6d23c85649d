package io.flowforge.campaign.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.Json;
import io.flowforge.internal.fault.Mutants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A story of each defence goes well with it, and breaks an invariant without it. Writes {@code
 * target/campaign/mutants.jsonl}: a line of {@code mutant}, {@code caught} and {@code by} for each.
 */
final class MutantsTest {
  private static final Path REPORT = Path.of("target", "campaign", "mutants.jsonl");
  private static final Map<String, String> VERDICTS = new LinkedHashMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void forgets() {
    VERDICTS.clear();
  }

  static List<String> mutants() {
    return Mutants.NAMES;
  }

  @Test
  void each_mutant_has_a_story() {
    assertThat(Stories.ALL).containsOnlyKeys(Mutants.NAMES);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void breaks_an_invariant_and_only_without_the_defence(String mutant) throws Exception {
    Stories.Told told = Objects.requireNonNull(Stories.ALL.get(mutant));
    Path sound = Files.createDirectory(folder.resolve("sound"));
    assertThat(told.story().broken(sound)).as("with the defence").isEmpty();
    Path weak = Files.createDirectory(folder.resolve("weak"));
    Child child = Child.run(folder, mutant, StoryMain.class, mutant, weak.toString());
    assertThat(child.status()).as("%s", child.output()).isZero();
    List<String> broken =
        child.output().stream()
            .filter(line -> line.startsWith(StoryMain.BROKEN))
            .map(line -> line.substring(StoryMain.BROKEN.length()))
            .toList();
    VERDICTS.put(mutant, broken.isEmpty() ? "" : broken.get(0));
    assertThat(broken)
        .as("without the defence")
        .anySatisfy(one -> assertThat(one).startsWith(told.invariant() + " "));
  }

  @AfterAll
  static void writes() throws IOException {
    StringBuilder lines = new StringBuilder();
    VERDICTS.forEach(
        (mutant, by) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("mutant", mutant);
          line.put("caught", !by.isEmpty());
          line.put("by", by);
          lines.append(Json.write(line)).append('\n');
        });
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, lines);
  }
}
