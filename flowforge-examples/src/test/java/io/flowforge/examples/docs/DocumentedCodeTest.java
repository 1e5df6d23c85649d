package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.InvalidFlowException;
import io.flowforge.examples.HelloWorld;
import io.flowforge.examples.docs.Page.Block;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code and flows that README and docs show are real. */
class DocumentedCodeTest {
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?<=^|\\s)//[^\\n]*", Pattern.DOTALL);
  private static final Pattern HEAD =
      Pattern.compile("^(import|package) [^;]*;\\s*", Pattern.MULTILINE);
  private static final Pattern FLOW = Pattern.compile("(?m)^nodes:|^ {0,4}\"nodes\"\\s*:");

  /** What a run prints has nodes as well. */
  private static final String RESULT = "\"executionId\"";

  @Test
  void every_piece_of_java_stands_in_a_compiled_source() throws IOException {
    List<String> sources = sources();
    List<String> unknown = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Block block : page.blocks("java")) {
        String code = plain(block.content());
        if (sources.stream().noneMatch(source -> source.contains(code))) {
          unknown.add(page + ":\n" + block.content());
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void every_flow_can_run() {
    List<String> wrong = new ArrayList<>();
    try (FlowForge forge = FlowForge.create()) {
      for (Page page : Page.all()) {
        for (Block block : page.blocks("yaml", "json")) {
          if (isFlow(block)) {
            check(forge, block).forEach(problem -> wrong.add(page + ": " + problem));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_first_program_prints_what_stands_below_it() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      HelloWorld.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(Page.of("README.md").blocks("text").get(0).content());
  }

  private static boolean isFlow(Block block) {
    return FLOW.matcher(block.content()).find() && !block.content().contains(RESULT);
  }

  private static List<Problem> check(FlowForge forge, Block block) {
    try {
      return block.words().startsWith("refused")
          ? List.of()
          : forge.validate(Flow.parse(block.content()));
    } catch (InvalidFlowException invalid) {
      return invalid.problems();
    }
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (Path folder : List.of(Path.of("src"), Path.of("plugin", "src"))) {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
            sources.add(plain(Files.readString(file)));
          }
        }
      }
    }
    return sources;
  }

  /** Code without comments, imports and white space. */
  private static String plain(String code) {
    return HEAD.matcher(COMMENT.matcher(code).replaceAll("")).replaceAll("").replaceAll("\\s+", "");
  }
}
