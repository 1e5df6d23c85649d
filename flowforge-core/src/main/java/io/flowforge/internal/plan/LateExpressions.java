package io.flowforge.internal.plan;

import io.flowforge.internal.binding.ConfigType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parts of a config that are expressions for the action to evaluate, and the rest.
 *
 * @param sources expression texts by the keys and positions that lead to them
 * @param rest the config without them
 */
record LateExpressions(Map<List<Object>, Object> sources, Map<String, Object> rest) {

  @SuppressWarnings("unchecked")
  static LateExpressions of(ConfigType<?> type, Map<String, Object> config) {
    Map<List<Object>, Object> sources = type.expressions(config);
    Object rest = config;
    for (List<Object> path : sources.keySet()) {
      rest = without(rest, path, 0);
    }
    return new LateExpressions(sources, (Map<String, Object>) rest);
  }

  /** A copy without what stands at a path. */
  private static Object without(Object container, List<Object> path, int depth) {
    Object key = path.get(depth);
    boolean last = depth == path.size() - 1;
    if (container instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list);
      int index = (Integer) key;
      copy.set(index, last ? null : without(copy.get(index), path, depth + 1));
      return copy;
    }
    Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) container);
    if (last) {
      copy.remove(key);
    } else {
      copy.put(key, without(Objects.requireNonNull(copy.get(key)), path, depth + 1));
    }
    return copy;
  }

  static String pointer(List<Object> path) {
    StringBuilder pointer = new StringBuilder();
    path.forEach(part -> pointer.append('/').append(part));
    return pointer.toString();
  }
}
