package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that a failure may have is explained where the failure says so. */
class TroubleshootingTest {
  private static final Pattern CODE = Pattern.compile("\"(FF-[A-Z0-9-]+)");

  /** Beginnings of codes that are put together. */
  private static final Set<String> FAMILIES = Set.of("FF-DEF", "FF-JSON", "FF-CSV-");

  private final Page page = Page.of("docs/troubleshooting.md");

  @Test
  void every_code_of_the_sources_is_explained() throws IOException {
    Set<String> codes = codes();
    codes.removeAll(FAMILIES);
    codes.removeIf(code -> page.anchors().contains(code.toLowerCase(Locale.ROOT)));
    assertThat(codes).as("codes without a heading in docs/troubleshooting.md").isEmpty();
  }

  @Test
  void the_help_of_a_failure_leads_to_its_code() {
    String help = new FlowForgeException("FF-TIMEOUT", "too late").help();
    List<String> parts = List.of(help.split("#"));
    assertThat(parts.get(0)).isEqualTo(page.toString());
    assertThat(page.anchors()).contains(parts.get(1));
  }

  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Page.ROOT)) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src").resolve("main").resolve("java");
        if (Files.isDirectory(sources)) {
          codes.addAll(codesBelow(sources));
        }
      }
    }
    return codes;
  }

  private static Set<String> codesBelow(Path sources) throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
      }
    }
    return codes;
  }
}
