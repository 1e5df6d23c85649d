package io.flowforge.internal.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class are read as maps: a record by its components in their order, another
 * class by its public getters in the order of their names.
 */
final class Shape {
  /** The keys of a map entry that stands alone. */
  static final PlainKeys ENTRY = PlainKeys.of("key", "value");

  private static final MethodType READER = MethodType.methodType(Object.class, Object.class);

  /** Hangs on the classes themselves, and goes when they go. */
  private static final ClassValue<Found> SHAPES =
      new ClassValue<>() {
        @Override
        protected Found computeValue(Class<?> type) {
          return new Found(read(type));
        }
      };

  private final PlainKeys keys;
  private final MethodHandle[] readers;

  private Shape(PlainKeys keys, MethodHandle[] readers) {
    this.keys = keys;
    this.readers = readers;
  }

  /** The shape of a class; null when it has none that may be read. */
  static @Nullable Shape of(Class<?> type) {
    return mayBeRead(type) ? SHAPES.get(type).shape : null;
  }

  PlainKeys keys() {
    return keys;
  }

  /** The parts of an object of the class. */
  @Nullable Object[] read(Object value) {
    Object[] parts = new Object[readers.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        parts[i] = (Object) readers[i].invokeExact(value);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(keys.name(i) + " cannot be read", e);
      }
    }
    return parts;
  }

  private static boolean mayBeRead(Class<?> type) {
    String name = type.getName();
    boolean ofPlatform =
        name.startsWith("java.")
            || name.startsWith("javax.")
            || name.startsWith("jdk.")
            || name.startsWith("sun.")
            || name.startsWith("com.sun.");
    return !ofPlatform && !Throwable.class.isAssignableFrom(type) && !type.isHidden();
  }

  private static @Nullable Shape read(Class<?> type) {
    Map<String, Method> getters = type.isRecord() ? components(type) : getters(type);
    if (getters.isEmpty() && !type.isRecord()) {
      return null;
    }
    List<MethodHandle> readers = new ArrayList<>();
    for (Method getter : getters.values()) {
      if (!getter.trySetAccessible()) {
        return null;
      }
      try {
        readers.add(MethodHandles.lookup().unreflect(getter).asType(READER));
      } catch (IllegalAccessException e) {
        return null;
      }
    }
    String[] names = getters.keySet().toArray(new String[0]);
    return new Shape(PlainKeys.owning(names), readers.toArray(new MethodHandle[0]));
  }

  private static Map<String, Method> components(Class<?> type) {
    Map<String, Method> accessors = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      accessors.put(component.getName(), component.getAccessor());
    }
    return accessors;
  }

  private static Map<String, Method> getters(Class<?> type) {
    Map<String, Method> getters = new TreeMap<>(Comparator.naturalOrder());
    for (Method method : type.getMethods()) {
      String property = property(method);
      if (property != null && mayBeRead(method.getDeclaringClass())) {
        getters.merge(property, method, Shape::narrower);
      }
    }
    return getters;
  }

  /** Of two getters of one property, the one with the narrower type, as an override has. */
  private static Method narrower(Method a, Method b) {
    return a.getReturnType().isAssignableFrom(b.getReturnType()) ? b : a;
  }

  private static @Nullable String property(Method method) {
    Class<?> result = method.getReturnType();
    if (method.getParameterCount() > 0
        || Modifier.isStatic(method.getModifiers())
        || method.isSynthetic()
        || result == void.class) {
      return null;
    }
    String name = method.getName();
    if (name.startsWith("get") && name.length() > 3) {
      return lowerFirst(name.substring(3));
    }
    boolean flag = result == boolean.class || result == Boolean.class;
    return flag && name.startsWith("is") && name.length() > 2
        ? lowerFirst(name.substring(2))
        : null;
  }

  /** As in JavaBeans: {@code Name} is {@code name}, {@code URL} stays. */
  private static @Nullable String lowerFirst(String name) {
    if (!Character.isUpperCase(name.charAt(0))) {
      return null;
    }
    boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
    return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** What was found for a class, as a class value may not be null. */
  private record Found(@Nullable Shape shape) {}
}
