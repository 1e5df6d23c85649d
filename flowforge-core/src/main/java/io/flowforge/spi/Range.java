package io.flowforge.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a numeric config component, or of the length of a text, list or map. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER})
public @interface Range {
  /**
   * The least value or length.
   *
   * @return inclusive bound
   */
  long min() default Long.MIN_VALUE;

  /**
   * The greatest value or length.
   *
   * @return inclusive bound
   */
  long max() default Long.MAX_VALUE;
}
