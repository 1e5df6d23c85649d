package io.flowforge.examples.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine finds the plugin by itself, whichever way the application is put together. */
class DiscoveryTest {
  @Test
  void is_found_on_the_class_path() {
    assertThat(SlugDemo.slug("Hello, Class Path")).isEqualTo("hello-class-path");
  }

  @Test
  void is_found_on_the_module_path() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath(),
                "-m",
                "io.flowforge.examples.plugin/" + SlugDemo.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).isEqualToNormalizingNewlines("hello-module-world\n");
    assertThat(process.exitValue()).isZero();
  }

  /** What this JVM has on its class path, without tests and what only tests need. */
  private static String modulePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .filter(entry -> !entry.matches(".*(testkit|junit|assertj|byte-buddy|opentest4j).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
