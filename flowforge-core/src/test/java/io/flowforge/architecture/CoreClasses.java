package io.flowforge.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.flowforge.FlowForgeException;
import java.net.URL;
import java.util.List;

/** The compiled main classes of core, read once. */
final class CoreClasses {
  static final List<String> EXPORTED =
      List.of(
          "io.flowforge",
          "io.flowforge.execution",
          "io.flowforge.flow",
          "io.flowforge.picture",
          "io.flowforge.spi");

  private static final JavaClasses CLASSES = new ClassFileImporter().importUrl(location());

  private CoreClasses() {}

  static JavaClasses all() {
    return CLASSES;
  }

  static URL location() {
    return FlowForgeException.class.getProtectionDomain().getCodeSource().getLocation();
  }
}
