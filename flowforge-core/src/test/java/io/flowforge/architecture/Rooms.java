package io.flowforge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.flowforge.FlowForgeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages of core and what each may know: the table "Rooms of the core" of
 * docs/architecture.md.
 *
 * <p>A room holds a package and those below it. It knows itself, and every room knows the
 * exceptions, which live in the root package, and the way text is shown in messages.
 */
final class Rooms {
  static final String ROOT = "io.flowforge";

  static final Map<String, Set<String>> KNOWN =
      Map.ofEntries(
          Map.entry("flow", Set.of()),
          Map.entry("execution", Set.of("flow")),
          Map.entry("spi", Set.of("flow", "execution")),
          Map.entry("picture", Set.of("flow", "execution", "internal.plan")),
          Map.entry("internal.text", Set.of()),
          Map.entry("internal.time", Set.of("spi")),
          Map.entry("internal.document", Set.of("flow")),
          Map.entry("internal.expression", Set.of("internal.binding")),
          Map.entry("internal.binding", Set.of("flow", "execution", "spi")),
          Map.entry(
              "internal.control",
              Set.of("flow", "execution", "spi", "internal.expression", "internal.binding")),
          Map.entry(
              "internal.plan",
              Set.of(
                  "flow",
                  "execution",
                  "spi",
                  "internal.expression",
                  "internal.binding",
                  "internal.control")),
          // A run is its own handle and result, which saves two objects per execution.
          Map.entry(
              "internal.run",
              Set.of(
                  "",
                  "flow",
                  "execution",
                  "spi",
                  "internal.expression",
                  "internal.binding",
                  "internal.plan",
                  "internal.control",
                  "internal.fault",
                  "internal.blob",
                  "internal.time")),
          Map.entry("internal.fault", Set.of()),
          Map.entry("internal.journal", Set.of("execution", "spi")),
          Map.entry("internal.memory", Set.of("flow", "execution", "spi", "internal.fault")),
          Map.entry(
              "internal.blob", Set.of("execution", "spi", "internal.binding", "internal.time")),
          Map.entry("internal.vault", Set.of("", "execution", "spi", "internal.time")),
          // The engine implements the interfaces of the root package.
          Map.entry(
              "internal.engine",
              Set.of(
                  "",
                  "flow",
                  "execution",
                  "spi",
                  "internal.expression",
                  "internal.binding",
                  "internal.plan",
                  "internal.control",
                  "internal.run",
                  "internal.memory",
                  "internal.fault",
                  "internal.blob",
                  "internal.vault",
                  "internal.time")));

  private Rooms() {}

  static Optional<String> of(JavaClass type) {
    return of(type.getPackageName());
  }

  static Optional<String> of(String packageName) {
    if (packageName.equals(ROOT)) {
      return Optional.of("");
    }
    return KNOWN.keySet().stream()
        .filter(room -> (packageName + ".").startsWith(ROOT + "." + room + "."))
        .findFirst();
  }

  static DescribedPredicate<JavaClass> in(String room) {
    return describe("are in room " + room, type -> of(type).equals(Optional.of(room)));
  }

  /** What a class of the room may depend on, libraries included. */
  static DescribedPredicate<JavaClass> knownTo(String room) {
    Set<String> known = new TreeSet<>(KNOWN.get(room));
    known.add(room);
    known.add("internal.text");
    return describe(
        "are in one of the rooms " + known + ", or outside of the house",
        type ->
            !(type.getPackageName() + ".").startsWith(ROOT + ".")
                || type.isAssignableTo(FlowForgeException.class)
                || of(type).filter(known::contains).isPresent());
  }
}
