package io.flowforge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which room may know which; see {@link Rooms} for the table. */
final class ArchitectureTest {
  /** The public types through which documents and JSON are read and written. */
  private static final DescribedPredicate<JavaClass> DOORS =
      belongToAnyOf(Flow.class, FlowDocument.class, Json.class).as("doors to documents");

  @ParameterizedTest
  @MethodSource("rooms")
  void a_room_knows_only_the_rooms_of_its_row(String room) {
    classes()
        .that(Rooms.in(room))
        .and(not(DOORS))
        .should()
        .onlyDependOnClassesThat(Rooms.knownTo(room))
        .allowEmptyShould(true)
        .check(CoreClasses.all());
  }

  static List<String> rooms() {
    return Rooms.KNOWN.keySet().stream().sorted().toList();
  }

  @Test
  void the_doors_to_documents_lead_nowhere_else() {
    classes()
        .that(DOORS)
        .should()
        .onlyDependOnClassesThat(
            Rooms.knownTo("execution").or(resideInAPackage("io.flowforge.internal.document..")))
        .check(CoreClasses.all());
  }

  @Test
  void only_the_builder_of_the_root_package_opens_the_inner_rooms() {
    noClasses()
        .that(Rooms.in(""))
        .and()
        .doNotHaveSimpleName("FlowForgeBuilder")
        .should()
        .dependOnClassesThat(resideInAPackage("io.flowforge.internal.."))
        .check(CoreClasses.all());
  }

  @Test
  void every_class_lives_in_a_room_of_the_table() {
    assertThat(CoreClasses.all())
        .extracting(JavaClass::getPackageName)
        .filteredOn(name -> !name.isEmpty() && Rooms.of(name).isEmpty())
        .isEmpty();
  }

  @Test
  void the_inner_rooms_have_no_cycles() {
    slices()
        .matching("io.flowforge.internal.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CoreClasses.all());
  }

  @Test
  void every_package_is_null_marked() {
    assertThat(CoreClasses.all())
        .extracting(JavaClass::getPackage)
        .filteredOn(found -> !found.getName().isEmpty())
        .filteredOn(found -> !found.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }

  @Test
  void only_the_public_packages_are_exported() throws URISyntaxException {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of(CoreClasses.location().toURI()))
            .find("io.flowforge.core")
            .orElseThrow()
            .descriptor();
    assertThat(module.exports())
        .filteredOn(exports -> !exports.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .hasSameElementsAs(CoreClasses.EXPORTED);
    assertThat(module.exports())
        .filteredOn(ModuleDescriptor.Exports::isQualified)
        .allSatisfy(
            exports ->
                assertThat(exports.targets()).isEqualTo(CoreClasses.LENT.get(exports.source())));
    assertThat(module.opens()).isEmpty();
  }
}
