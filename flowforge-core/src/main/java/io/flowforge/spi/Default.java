package io.flowforge.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a config component that is not given.
 *
 * <p>A component without default is required, unless its type is marked {@code @Nullable} or is an
 * {@link java.util.Optional}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER})
public @interface Default {
  /**
   * The default.
   *
   * @return text for a string, otherwise JSON; durations in their short form
   */
  String value();
}
