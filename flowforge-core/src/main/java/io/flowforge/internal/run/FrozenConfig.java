package io.flowforge.internal.run;

import io.flowforge.execution.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resolved config as it is written down: without the credentials in it, whose places and names
 * stand beside.
 *
 * @param values plain values, null where a credential is
 * @param credentials for each credential the keys and positions that lead to it, and its name last
 */
record FrozenConfig(Map<String, Object> values, List<Object> credentials) {
  /** Takes the credentials out. */
  static FrozenConfig of(Map<String, Object> resolved, Map<String, Secret> known) {
    List<Object> found = new ArrayList<>();
    Map<String, Object> values = map(resolved, known, List.of(), found);
    return new FrozenConfig(values, found);
  }

  private static Map<String, Object> map(
      Map<?, ?> map, Map<String, Secret> known, List<Object> at, List<Object> found) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> one : map.entrySet()) {
      String key = String.valueOf(one.getKey());
      copy.put(key, value(one.getValue(), known, at, key, found));
    }
    return copy;
  }

  private static @Nullable Object value(
      @Nullable Object value,
      Map<String, Secret> known,
      List<Object> outer,
      Object key,
      List<Object> found) {
    if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof Secret) {
      List<Object> at = new ArrayList<>(outer);
      at.add(key);
      if (value instanceof Map<?, ?> map) {
        return map(map, known, at, found);
      }
      if (value instanceof List<?> list) {
        List<Object> copy = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          copy.add(value(list.get(i), known, at, i, found));
        }
        return copy;
      }
      at.add(nameOf((Secret) value, known));
      found.add(at);
      return null;
    }
    return value;
  }

  @SuppressWarnings("ReferenceEquality") // secrets have no other identity
  private static String nameOf(Secret secret, Map<String, Secret> known) {
    for (Map.Entry<String, Secret> one : known.entrySet()) {
      if (one.getValue() == secret) {
        return one.getKey();
      }
    }
    return secret
        .name()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a credential in a config that the engine does not know"));
  }

  /** The config as it was, with the credentials as they are now, or are where they are used. */
  static Map<String, Object> thaw(Map<?, ?> values, List<?> credentials, Run run) {
    Map<String, Object> config = copy(values);
    for (Object one : credentials) {
      List<?> at = (List<?>) one;
      String name = (String) at.get(at.size() - 1);
      Secret known = run.credentials().get(name);
      put(config, at, known != null ? known : run.host.credential(run.start().tenant(), name));
    }
    return config;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put((String) key, copied(value)));
    return copy;
  }

  private static @Nullable Object copied(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(one -> copy.add(copied(one)));
      return copy;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // made by copy
  private static void put(Object container, List<?> at, Secret secret) {
    Object here = container;
    for (int i = 0; i < at.size() - 2; i++) {
      here = Objects.requireNonNull(inside(here, at.get(i)));
    }
    Object key = at.get(at.size() - 2);
    if (here instanceof List<?> list) {
      ((List<Object>) list).set((Integer) key, secret);
    } else {
      ((Map<String, Object>) here).put((String) key, secret);
    }
  }

  private static @Nullable Object inside(Object container, Object key) {
    return container instanceof List<?> list
        ? list.get((Integer) key)
        : ((Map<?, ?>) container).get(key);
  }
}
