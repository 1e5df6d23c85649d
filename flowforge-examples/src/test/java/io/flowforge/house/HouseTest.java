package io.flowforge.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules that hold for every module of the house. */
final class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.flowforge");

  private static final String[] LIBRARIES = {
    "io.flowforge.actions..",
    "io.flowforge.diagram..",
    "io.flowforge.redis..",
    "io.flowforge.testkit.."
  };

  /** Inner rooms that core exports to modules it names. */
  private static final String[] LENT = {
    "io.flowforge.internal.memory..",
    "io.flowforge.internal.fault..",
    "io.flowforge.internal.journal..",
    "io.flowforge.internal.blob.."
  };

  @Test
  void every_package_is_null_marked() {
    assertThat(HOUSE)
        .extracting(JavaClass::getPackage)
        .filteredOn(found -> !found.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }

  @Test
  void names_say_what_a_type_does() {
    noClasses()
        .should()
        .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Helper|Utils?|Manager))")
        .check(HOUSE);
  }

  @Test
  void only_core_knows_the_inner_rooms_of_core() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .or()
        .resideInAnyPackage("io.flowforge.cli..", "io.flowforge.examples..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.flowforge.internal..").and(resideOutsideOfPackages(LENT)))
        .check(HOUSE);
  }

  @Test
  void the_packages_of_a_library_have_no_cycles() {
    slices()
        .matching("io.flowforge.actions.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void libraries_print_nothing() {
    noClasses().that().resideInAnyPackage(LIBRARIES).should(ACCESS_STANDARD_STREAMS).check(HOUSE);
  }

  @Test
  void data_never_names_a_class_and_nobody_ends_the_process() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .and()
        .resideOutsideOfPackage("io.flowforge.testkit.internal.crash")
        .should(
            call(
                Map.of(
                    "java.lang.Class", Set.of("forName"),
                    "java.lang.ClassLoader", Set.of("loadClass"),
                    "java.io.ObjectInputStream", Set.of("<init>", "readObject"),
                    "java.lang.System", Set.of("exit", "setProperty", "gc"),
                    "java.lang.Runtime", Set.of("exec", "exit", "halt", "addShutdownHook"),
                    "java.lang.ProcessBuilder", Set.of("<init>", "start"))))
        .check(HOUSE);
  }

  @Test
  void actions_take_time_and_randomness_from_their_context() {
    noClasses()
        .that()
        .resideInAPackage("io.flowforge.actions..")
        .should(
            call(
                Map.of(
                    "java.time.Instant", Set.of("now"),
                    "java.time.LocalDate", Set.of("now"),
                    "java.time.LocalDateTime", Set.of("now"),
                    "java.time.ZonedDateTime", Set.of("now"),
                    "java.time.OffsetDateTime", Set.of("now"),
                    "java.lang.System", Set.of("currentTimeMillis"),
                    "java.lang.Thread", Set.of("sleep"),
                    "java.lang.Math", Set.of("random"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.util.Random", Set.of("<init>"))))
        .check(HOUSE);
  }

  @Test
  void calls_to_the_network_go_through_the_guarded_client() {
    noClasses()
        .that()
        .resideInAPackage("io.flowforge..")
        .and()
        .resideOutsideOfPackages("io.flowforge.actions.http..", "io.flowforge.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "java.net.http..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(Socket|DatagramSocket|\\w*URLConnection)")
        .orShould(call(Map.of("java.net.URL", Set.of("openConnection", "openStream"))))
        .check(HOUSE);
  }

  /** Calls, and references such as Instant::now, by owner and name. */
  private static ArchCondition<JavaClass> call(Map<String, Set<String>> banned) {
    return accessTargetWhere(
        describe(
            "one of " + banned,
            (JavaAccess<?> access) -> {
              AccessTarget target = access.getTarget();
              String owner = target.getOwner().getName();
              return banned.getOrDefault(owner, Set.of()).contains(target.getName());
            }));
  }
}
