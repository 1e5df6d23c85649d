package io.flowforge.campaign;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The class path of worker processes: that of the tests, with folders put into jars.
 *
 * <p>From jars alone a JVM can keep its loaded classes in a file that the next one maps, which
 * halves what a short life costs.
 */
final class ChildClassPath {
  private static final String PATH = make();
  private static volatile List<String> options = List.of("-cp", PATH);

  private ChildClassPath() {}

  static List<String> options() {
    return options;
  }

  /** Options for a process that writes its classes into a file at its end. */
  static List<String> archiving(Path file) {
    return List.of("-cp", PATH, "-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
  }

  /** All processes from now on use the classes of a file. */
  static void use(Path file) {
    if (Files.exists(file)) {
      options = List.of("-cp", PATH, "-XX:SharedArchiveFile=" + file, "-Xlog:disable");
    }
  }

  private static String make() {
    try {
      // Of this process alone: another build may run beside it.
      Path folder = Files.createTempDirectory("flowforge-campaign");
      List<String> parts = new ArrayList<>();
      for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(part);
        if (Files.isDirectory(path)) {
          Path jar = folder.resolve("part" + parts.size() + ".jar");
          parts.add(jar(path, jar).toString());
          jar.toFile().deleteOnExit();
        } else if (Files.exists(path)) {
          parts.add(part);
        }
      }
      folder.toFile().deleteOnExit();
      return String.join(File.pathSeparator, parts);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path jar(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(one).toString().replace(File.separatorChar, '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(one, out);
          out.closeEntry();
        }
      }
    }
    return jar;
  }
}
