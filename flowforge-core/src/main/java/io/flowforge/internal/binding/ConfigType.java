package io.flowforge.internal.binding;

import io.flowforge.internal.text.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The config of a node type, read from its record class: checks configs as they are written, makes
 * records of what templates give, and describes itself as JSON Schema. Immutable and thread-safe.
 *
 * <p>Keys are the names of the record's components; their snake_case is taken as well. Null counts
 * as not given.
 *
 * @param <C> the record, or {@code Map} for a config of any keys
 */
public final class ConfigType<C> {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final Class<C> type;
  private final @Nullable RecordKind root;
  private final Map<String, Object> schema;

  private ConfigType(Class<C> type, @Nullable RecordKind root) {
    this.type = type;
    this.root = root;
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("$schema", DIALECT);
    if (root == null) {
      described.put("type", "object");
    } else {
      described.putAll(root.schema());
    }
    this.schema = PlainMap.copyOf(asMap(Values.normalise(described)));
  }

  /**
   * Reads a config class.
   *
   * @param type a record class, or {@code Map.class}
   * @param <C> the class
   * @return what is known of it
   * @throws IllegalArgumentException when a component has a type that no config value can be made
   *     to, a default that does not fit, or the record cannot be reached
   */
  public static <C> ConfigType<C> of(Class<C> type) {
    if (type == (Class<?>) Map.class) {
      return new ConfigType<>(type, null);
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(
          "config must be a record or Map.class, was " + type.getName());
    }
    return new ConfigType<>(type, new RecordReader().read(type));
  }

  /**
   * Whether the config has any keys there are.
   *
   * @return true for {@code Map.class}
   */
  public boolean isOpen() {
    return root == null;
  }

  /**
   * The config with every key by its component's name, for those written in snake_case.
   *
   * @param raw a config as written
   * @return the same map when there is nothing to rename
   */
  public Map<String, Object> canonical(Map<String, Object> raw) {
    return root == null ? raw : root.canonical(raw);
  }

  /**
   * Looks for all that is wrong with a config as it is written.
   *
   * @param raw plain values
   * @param isTemplate whether a value is one whole template, which may give a value of any kind;
   *     text that only has <code>${…}</code> in it counts as text that is not known yet
   * @return problems {@code FF-DEF-CONFIG} in the order of the record; empty when it fits
   */
  public List<ConfigProblem> check(Map<String, Object> raw, Predicate<Object> isTemplate) {
    if (root == null) {
      return List.of();
    }
    Findings findings = Findings.planned(isTemplate);
    root.checkKnown(raw, Pointer.ROOT, findings);
    return findings.problems();
  }

  /**
   * Makes the record.
   *
   * @param resolved plain values, with compiled expressions and secrets among them
   * @return the record; for {@code Map.class} the map itself
   * @throws ConfigException {@code FF-CONFIG} with all that is wrong
   */
  public C bind(Map<String, Object> resolved) {
    if (root == null) {
      return type.cast(resolved);
    }
    try {
      return type.cast(root.convert(resolved));
    } catch (Misfit misfit) {
      throw refusal(resolved, root, misfit);
    }
  }

  /** Goes over it once more, slowly, for the place of every problem. */
  private static ConfigException refusal(
      Map<String, Object> config, RecordKind kind, Misfit misfit) {
    Findings findings = Findings.running();
    kind.checkKnown(config, Pointer.ROOT, findings);
    if (findings.problems().isEmpty()) {
      findings.add(Pointer.ROOT, misfit);
    }
    return new ConfigException(findings.problems(), misfit.getCause());
  }

  /**
   * The parts of a config that are expressions over items, which the planner compiles.
   *
   * @param raw a config as written
   * @return expression texts by the keys and positions that lead to them
   */
  public Map<List<Object>, Object> expressions(Map<String, Object> raw) {
    if (root == null) {
      return Map.of();
    }
    Map<List<Object>, Object> found = new LinkedHashMap<>();
    root.expressions(raw, List.of(), found::put);
    return found;
  }

  /**
   * The config as JSON Schema 2020-12, of the values that templates give.
   *
   * @return plain, unmodifiable
   */
  public Map<String, Object> jsonSchema() {
    return schema;
  }

  @SuppressWarnings("unchecked") // plain maps have text keys
  private static Map<String, Object> asMap(@Nullable Object plain) {
    return (Map<String, Object>) Objects.requireNonNull(plain);
  }
}
