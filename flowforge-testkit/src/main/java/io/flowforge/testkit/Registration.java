package io.flowforge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a jar registers the same plugins for the class path and for the module path.
 *
 * <p>A plugin is declared twice: in {@code META-INF/services/} of its interface, and by {@code
 * provides} in {@code module-info}. A jar without {@code module-info} needs the first only.
 */
public final class Registration {
  private Registration() {}

  /**
   * Verifies the jar, or folder of classes, that a plugin comes from.
   *
   * @param service the interface, such as {@code Action.class}
   * @param provider a plugin's class
   * @throws AssertionError when the plugin is not registered, or the two lists differ
   */
  public static void verify(Class<?> service, Class<?> provider) {
    Path source = source(provider);
    if (Files.isDirectory(source)) {
      compare(service, provider, source);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(source)) {
      compare(service, provider, jar.getPath("/"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void compare(Class<?> service, Class<?> provider, Path root) {
    Set<String> onClassPath = services(root.resolve("META-INF/services/" + service.getName()));
    if (!onClassPath.contains(provider.getName())) {
      throw new AssertionError(
          provider.getName() + " is missing in META-INF/services/" + service.getName());
    }
    Set<String> onModulePath = provided(root.resolve("module-info.class"), service.getName());
    if (onModulePath != null && !onModulePath.equals(onClassPath)) {
      throw new AssertionError(
          "META-INF/services/%s lists %s, but module-info provides %s; make them equal"
              .formatted(service.getName(), onClassPath, onModulePath));
    }
  }

  private static Set<String> services(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(line -> line.replaceFirst("#.*", "").trim())
              .filter(line -> !line.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new))
          : Set.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a module provides; null when there is no module. */
  private static @Nullable Set<String> provided(Path moduleInfo, String service) {
    if (!Files.exists(moduleInfo)) {
      return null;
    }
    try (InputStream bytes = Files.newInputStream(moduleInfo)) {
      return ModuleDescriptor.read(bytes).provides().stream()
          .filter(provides -> provides.service().equals(service))
          .flatMap(provides -> provides.providers().stream())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path source(Class<?> provider) {
    CodeSource source = provider.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null) {
      throw new AssertionError("it is not known which jar " + provider.getName() + " comes from");
    }
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException invalid) {
      throw new AssertionError("no file: " + location, invalid);
    }
  }
}
