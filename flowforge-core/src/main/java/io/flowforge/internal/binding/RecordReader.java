package io.flowforge.internal.binding;

import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import io.flowforge.spi.Key;
import io.flowforge.spi.Range;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a config record class, once, when its action is registered. For one use. */
final class RecordReader {
  private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

  /** The records around the one being read, outermost first. */
  private final Deque<Class<?>> around = new ArrayDeque<>();

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when a component has a type that no JSON value can be made to
   */
  RecordKind read(Class<?> type) {
    if (around.contains(type)) {
      throw new IllegalArgumentException(
          "config record " + type.getName() + " contains itself; use Map<String, Object> instead");
    }
    around.addLast(type);
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component(component));
    }
    around.removeLast();
    return new RecordKind(components, constructor(type), doc(type));
  }

  private Component component(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    boolean optional = rawType(type.getType()) == Optional.class;
    Bounds bounds = Bounds.of(component.getAnnotation(Range.class));
    String place = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    Kind kind = kind(optional ? argument(type, 0) : type, bounds, place);
    Key key = component.getAnnotation(Key.class);
    String name = key == null ? component.getName() : key.value();
    return new Component(
        name, Component.alias(name), kind, presence(component, kind, place), doc(component));
  }

  private static Component.Presence presence(RecordComponent component, Kind kind, String place) {
    boolean optional = rawType(component.getGenericType()) == Optional.class;
    Default given = component.getAnnotation(Default.class);
    if (given == null) {
      boolean required = !optional && !isNullable(component, component.getAnnotatedType());
      return new Component.Presence(required, optional, optional ? Optional.empty() : null, null);
    }
    try {
      Object written = isText(kind) ? given.value() : Json.parse(given.value());
      Object fallback = written == null ? null : kind.convert(written);
      return new Component.Presence(
          false, optional, optional ? Optional.ofNullable(fallback) : fallback, written);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          place + ": its default \"" + given.value() + "\" must be " + kind.noun(), e);
    }
  }

  private static boolean isText(Kind kind) {
    return kind.isText() && !(kind instanceof SimpleKinds.Any);
  }

  private Kind kind(AnnotatedType annotated, Bounds bounds, String place) {
    Class<?> type = rawType(annotated.getType());
    if (type == null) {
      throw unknown(annotated.getType(), place);
    }
    if (type == List.class || type == Collection.class) {
      return list(annotated, bounds, place);
    }
    if (type == Map.class) {
      return map(annotated, bounds, place);
    }
    if (type == String.class) {
      return new SimpleKinds.Text(bounds);
    }
    Kind number = NumberKind.of(type, bounds);
    if (number != null) {
      return number;
    }
    if (!bounds.isNone()) {
      throw new IllegalArgumentException(
          place + ": @Range bounds numbers and the length of text, lists and maps only");
    }
    return unbounded(type, place);
  }

  private Kind unbounded(Class<?> type, String place) {
    if (type == Object.class) {
      return new SimpleKinds.Any();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new SimpleKinds.Flag();
    }
    if (type == Secret.class) {
      return new SimpleKinds.Hidden();
    }
    if (type == ItemExpression.class) {
      return new SimpleKinds.Expression();
    }
    if (type.isEnum()) {
      return new EnumKind(type);
    }
    if (type.isRecord()) {
      return read(type);
    }
    Kind parsed = ParsedKind.of(type);
    if (parsed == null) {
      throw unknown(type, place);
    }
    return parsed;
  }

  private Kind list(AnnotatedType type, Bounds bounds, String place) {
    if (!(type instanceof AnnotatedParameterizedType)) {
      return new ListKind(new SimpleKinds.Any(), true, bounds);
    }
    AnnotatedType element = argument(type, 0);
    return new ListKind(inner(element, place), mayHoldNull(element), bounds);
  }

  private Kind map(AnnotatedType type, Bounds bounds, String place) {
    if (!(type instanceof AnnotatedParameterizedType)) {
      return new MapKind(new SimpleKinds.Any(), true, bounds);
    }
    Class<?> key = rawType(argument(type, 0).getType());
    if (key != String.class && key != Object.class) {
      throw new IllegalArgumentException(place + ": keys of a map must be String");
    }
    AnnotatedType value = argument(type, 1);
    return new MapKind(inner(value, place), mayHoldNull(value), bounds);
  }

  private Kind inner(AnnotatedType type, String place) {
    return kind(type, Bounds.NONE, place);
  }

  /** Lists and maps of anything take null as well, as JSON does. */
  private static boolean mayHoldNull(AnnotatedType type) {
    return rawType(type.getType()) == Object.class || isNullable(type, type);
  }

  private static AnnotatedType argument(AnnotatedType type, int index) {
    return type instanceof AnnotatedParameterizedType parameterized
        ? parameterized.getAnnotatedActualTypeArguments()[index]
        : type;
  }

  private static @Nullable Class<?> rawType(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    boolean anything = type instanceof WildcardType;
    return anything && ((WildcardType) type).getUpperBounds()[0] == Object.class
        ? Object.class
        : null;
  }

  /** By the simple name, so that the marks of every library count that are kept at run time. */
  private static boolean isNullable(AnnotatedElement declaration, AnnotatedType type) {
    for (AnnotatedElement element : List.of(declaration, type)) {
      for (Annotation annotation : element.getAnnotations()) {
        if (annotation.annotationType().getSimpleName().equals("Nullable")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String doc(AnnotatedElement element) {
    Doc doc = element.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static MethodHandle constructor(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      if (!constructor.trySetAccessible()) {
        throw new IllegalArgumentException(
            "config record "
                + type.getName()
                + " cannot be reached; add \"opens "
                + type.getPackageName()
                + " to io.flowforge.core;\" to its module-info");
      }
      return MethodHandles.lookup()
          .unreflectConstructor(constructor)
          .asFixedArity()
          .asType(MethodType.genericMethodType(parameters.length))
          .asSpreader(Object[].class, parameters.length)
          .asType(CONSTRUCTOR);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("config record " + type.getName() + " cannot be read", e);
    }
  }

  private static IllegalArgumentException unknown(Type type, String place) {
    return new IllegalArgumentException(
        place
            + ": no config value can be made a "
            + type.getTypeName()
            + "; use String, numbers, booleans, enums, Duration, dates, URI, records, List,"
            + " Map<String, …>, Optional, Secret, ItemExpression or Object");
  }
}
