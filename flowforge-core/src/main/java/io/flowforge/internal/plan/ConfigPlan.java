package io.flowforge.internal.plan;

import io.flowforge.internal.binding.ConfigType;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.control.ConditionalConfig;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.Reference;
import io.flowforge.internal.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a node's config comes about: its template, its expressions, and the record they are bound to.
 */
public final class ConfigPlan {
  private final ConfigType<Object> type;
  private final Template template;
  private final List<Late> late;
  private final boolean conditional;
  private final @Nullable Object constant;

  /** An expression that the action evaluates itself, by its place in the config. */
  record Late(List<Object> path, Condition expression) {}

  ConfigPlan(ConfigType<Object> type, Class<?> record, Template template, List<Late> late) {
    this.type = type;
    this.conditional = record == ConditionalConfig.class;
    this.template = template;
    this.late = late;
    this.constant = template.isConstant() && late.isEmpty() ? bindConstant() : null;
  }

  @SuppressWarnings("unchecked")
  private Object bindConstant() {
    Object plain = Values.normalise(template.constantValue(), Long.MAX_VALUE);
    return type.bind((Map<String, Object>) Objects.requireNonNull(plain));
  }

  /** The bound config when nothing in it depends on a run; null otherwise. */
  public @Nullable Object constant() {
    return constant;
  }

  /** The config of a node run. */
  public Object bind(Surroundings surroundings) {
    if (constant != null) {
      return constant;
    }
    if (late.size() == 1 && conditional) {
      return new ConditionalConfig(surroundings.bind(late.get(0).expression));
    }
    return bind(resolve(surroundings), surroundings);
  }

  /** Whether it depends on the run, so that a run must write it down to keep it. */
  public boolean isWritten() {
    return constant == null && !conditional;
  }

  /** What the template gives: plain values, with secrets among them. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> resolve(Surroundings surroundings) {
    return (Map<String, Object>) Objects.requireNonNull(template.resolve(surroundings));
  }

  /** The config of what the template gave, now or in an earlier life of the execution. */
  public Object bind(Map<String, Object> resolved, Surroundings surroundings) {
    if (late.isEmpty()) {
      return type.bind(resolved);
    }
    Map<String, Object> copy = new LinkedHashMap<>(resolved);
    for (Late one : late) {
      put(copy, one.path, 0, surroundings.bind(one.expression));
    }
    return type.bind(copy);
  }

  /** Sets a value deep inside, copying the containers on the way. */
  @SuppressWarnings("unchecked")
  private static Object put(Object container, List<Object> path, int depth, Object value) {
    Object key = path.get(depth);
    boolean last = depth == path.size() - 1;
    if (container instanceof List<?> list) {
      List<Object> copy =
          list instanceof ArrayList<?> ? (List<Object>) list : new ArrayList<>(list);
      int index = (Integer) key;
      copy.set(index, last ? value : put(inner(copy.get(index)), path, depth + 1, value));
      return copy;
    }
    Map<String, Object> map =
        container instanceof LinkedHashMap<?, ?>
            ? (Map<String, Object>) container
            : new LinkedHashMap<>((Map<String, Object>) container);
    String name = (String) key;
    map.put(name, last ? value : put(inner(map.get(name)), path, depth + 1, value));
    return map;
  }

  private static Object inner(@Nullable Object container) {
    return container == null ? new LinkedHashMap<String, Object>() : container;
  }

  /** What the config reads, by pointer into it. */
  public List<Reference> references() {
    List<Reference> all = new ArrayList<>(template.references());
    for (Late one : late) {
      StringBuilder pointer = new StringBuilder();
      one.path.forEach(part -> pointer.append('/').append(part));
      for (Reference reference : one.expression.references()) {
        all.add(
            new Reference(
                pointer.toString(),
                reference.expression(),
                reference.kind(),
                reference.name(),
                reference.slot(),
                reference.path()));
      }
    }
    return all;
  }
}
