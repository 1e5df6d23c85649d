package io.flowforge.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.flowforge.FlowForgeException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The compiled main classes of core, read once. */
final class CoreClasses {
  static final List<String> EXPORTED =
      List.of(
          "io.flowforge",
          "io.flowforge.execution",
          "io.flowforge.flow",
          "io.flowforge.picture",
          "io.flowforge.spi",
          "io.flowforge.spi.store");

  /** Exported to modules of the house alone. */
  static final Map<String, Set<String>> LENT =
      Map.of(
          "io.flowforge.internal.memory",
          Set.of("io.flowforge.testkit"),
          "io.flowforge.internal.blob",
          Set.of("io.flowforge.testkit"),
          "io.flowforge.internal.journal",
          Set.of("io.flowforge.jdbc", "io.flowforge.redis"),
          "io.flowforge.internal.fault",
          Set.of("io.flowforge.testkit", "io.flowforge.jdbc", "io.flowforge.redis"));

  private static final JavaClasses CLASSES = new ClassFileImporter().importUrl(location());

  private CoreClasses() {}

  static JavaClasses all() {
    return CLASSES;
  }

  static URL location() {
    return FlowForgeException.class.getProtectionDomain().getCodeSource().getLocation();
  }
}
