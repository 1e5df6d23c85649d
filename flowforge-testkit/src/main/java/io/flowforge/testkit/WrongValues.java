package io.flowforge.testkit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that do not fit config components. */
final class WrongValues {
  private static final Object MAP = Map.of("wrong", true);
  private static final Object LIST = List.of(List.of());

  private WrongValues() {}

  /** A value that a component cannot take; empty when it takes anything. */
  static Optional<Object> of(RecordComponent component) {
    return of(component.getGenericType());
  }

  private static Optional<Object> of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == Optional.class
          ? of(parameterized.getActualTypeArguments()[0])
          : of(parameterized.getRawType());
    }
    if (!(type instanceof Class<?> plain) || plain == Object.class) {
      return Optional.empty();
    }
    if (Map.class.isAssignableFrom(plain) || plain.isRecord()) {
      return Optional.of(LIST);
    }
    if (Collection.class.isAssignableFrom(plain) || plain.isArray()) {
      return Optional.of(MAP);
    }
    return Optional.of(plain.isPrimitive() || Number.class.isAssignableFrom(plain) ? "wrong" : MAP);
  }
}
