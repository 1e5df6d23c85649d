package io.flowforge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The libraries that core uses stay out of its users' sight. */
final class PublicSignaturesTest {
  @Test
  void a_public_signature_names_only_the_house_the_jdk_and_the_logger() {
    Set<String> strangers = new TreeSet<>();
    for (JavaClass type : CoreClasses.all()) {
      if (isVisible(type)) {
        signature(type)
            .flatMap(part -> part.getAllInvolvedRawTypes().stream())
            .filter(part -> !isWelcome(part.getBaseComponentType()))
            .forEach(part -> strangers.add(type.getName() + " shows " + part.getName()));
      }
    }
    assertThat(strangers).isEmpty();
  }

  private static Stream<JavaType> signature(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> fields =
        type.getFields().stream()
            .filter(field -> isVisible(field.getModifiers()))
            .map(JavaField::getType);
    Stream<JavaType> units =
        type.getCodeUnits().stream()
            .filter(unit -> isVisible(unit.getModifiers()))
            .flatMap(PublicSignaturesTest::signature);
    return Stream.of(parents, fields, units).flatMap(parts -> parts);
  }

  private static Stream<JavaType> signature(JavaCodeUnit unit) {
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getExceptionTypes().stream())
        .flatMap(parts -> parts);
  }

  private static boolean isVisible(JavaClass type) {
    return CoreClasses.EXPORTED.contains(type.getPackageName())
        && isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PublicSignaturesTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean isWelcome(JavaClass type) {
    String name = type.getPackageName();
    return type.isPrimitive()
        || name.startsWith("java.")
        || name.equals("javax.crypto") // of the JDK's own base module
        || name.equals("org.slf4j")
        || CoreClasses.EXPORTED.contains(name);
  }
}
