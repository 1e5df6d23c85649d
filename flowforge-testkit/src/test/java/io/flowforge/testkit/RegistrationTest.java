package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {
  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void make_classes() throws Exception {
    classes = Files.createDirectories(folder.resolve("classes/META-INF/services")).getParent();
    classes = classes.getParent();
  }

  @Test
  void holds_when_both_lists_are_equal() throws Exception {
    compile("p.One, p.Two");
    services("p.One # the first\n\np.Two\n");
    Registration.verify(Runnable.class, load(classes));
  }

  @Test
  void holds_for_a_jar_without_a_module() throws Exception {
    compile(null);
    services("p.One\n");
    Path jar = folder.resolve("plugin.jar");
    run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    Registration.verify(Runnable.class, load(jar));
  }

  @Test
  void finds_a_plugin_that_only_the_module_provides() throws Exception {
    compile("p.One, p.Two");
    services("p.One\n");
    assertThatThrownBy(() -> Registration.verify(Runnable.class, load(classes)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[p.One]")
        .hasMessageContaining("[p.One, p.Two]");
  }

  @Test
  void finds_a_plugin_that_is_not_registered() throws Exception {
    compile("p.One");
    assertThatThrownBy(() -> Registration.verify(Runnable.class, load(classes)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("p.One is missing in META-INF/services/java.lang.Runnable");
  }

  private void compile(String provided) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("src/p")).getParent();
    for (String name : new String[] {"One", "Two"}) {
      Files.writeString(
          sources.resolve("p/" + name + ".java"),
          "package p; public class " + name + " implements Runnable { public void run() {} }");
    }
    if (provided != null) {
      Files.writeString(
          sources.resolve("module-info.java"),
          "module p { provides java.lang.Runnable with " + provided + "; }");
      run(
          "javac",
          "-d",
          classes.toString(),
          sources.resolve("module-info.java").toString(),
          sources.resolve("p/One.java").toString(),
          sources.resolve("p/Two.java").toString());
    } else {
      run("javac", "-d", classes.toString(), sources.resolve("p/One.java").toString());
    }
  }

  private void services(String text) throws Exception {
    Files.writeString(classes.resolve("META-INF/services/java.lang.Runnable"), text);
  }

  private static Class<?> load(Path source) throws Exception {
    URLClassLoader loader = new URLClassLoader(new URL[] {source.toUri().toURL()}, null);
    return loader.loadClass("p.One");
  }

  private static void run(String tool, String... args) {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    int code = ToolProvider.findFirst(tool).orElseThrow().run(nowhere, nowhere, args);
    assertThat(code).as(tool).isZero();
  }
}
