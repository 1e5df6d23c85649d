package io.flowforge.campaign.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** A judge that shares code with the accused finds nothing. */
final class IndependenceTest {
  @Test
  void the_oracle_knows_nothing_of_engine_and_stores() {
    JavaClasses oracle = new ClassFileImporter().importPackages("io.flowforge.campaign.oracle");
    noClasses()
        .that()
        .resideInAPackage("io.flowforge.campaign.oracle")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of FlowForge and not of the oracle",
                type ->
                    type.getPackageName().startsWith("io.flowforge")
                        && !type.getPackageName().startsWith("io.flowforge.campaign.oracle")))
        .check(oracle);
  }
}
