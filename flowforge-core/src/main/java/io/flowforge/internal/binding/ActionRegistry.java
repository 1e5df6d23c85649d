package io.flowforge.internal.binding;

import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.Action;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The node types of one engine, by their names. Immutable and thread-safe.
 *
 * <p>Documents may write a type in snake_case or use an alias; upper case and class names are not
 * taken. A type's own name goes before all aliases.
 */
public final class ActionRegistry {
  private final Map<String, Registered<Object>> types;
  private final List<Registered<Object>> sorted;
  private final Map<String, Registered<Object>> aliases;
  private final List<BrokenPlugin> broken;

  ActionRegistry(
      Map<String, Registered<Object>> types,
      Map<String, Registered<Object>> aliases,
      List<BrokenPlugin> broken) {
    this.types = Map.copyOf(types);
    this.sorted = List.copyOf(new TreeMap<>(types).values());
    this.aliases = Map.copyOf(aliases);
    this.broken = List.copyOf(broken);
  }

  /**
   * Collects node types.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A node type by any of its names.
   *
   * @param name as a document writes it
   * @return the type; null when there is none, see {@link #unknown}
   */
  public @Nullable Registered<Object> find(String name) {
    String kebab = kebab(name);
    Registered<Object> type = types.get(kebab);
    return type != null ? type : aliases.get(kebab);
  }

  /**
   * Why there is no type of a name.
   *
   * @param name as a document writes it
   * @return code and sentence for a problem at the node's type
   */
  public Unknown unknown(String name) {
    for (BrokenPlugin plugin : broken) {
      if (kebab(name).equals(plugin.type())) {
        return new Unknown(
            "FF-PLUGIN-BROKEN",
            "node type " + Shown.quoted(name) + " cannot be used: " + plugin.complaint());
      }
    }
    Set<String> known = new LinkedHashSet<>();
    sorted.forEach(type -> known.add(type.type().type()));
    known.addAll(new TreeSet<>(aliases.keySet()));
    String hint = NearestName.hint(name, known);
    String suspects =
        broken.isEmpty()
            ? ""
            : " It may belong to a broken plugin: " + broken.get(0).complaint() + '.';
    return new Unknown(
        "FF-DEF-TYPE", "unknown node type " + Shown.quoted(name) + "." + hint + suspects);
  }

  /**
   * All node types.
   *
   * @return sorted by type
   */
  public List<NodeType> catalog() {
    return sorted.stream().map(Registered::type).toList();
  }

  /**
   * All node types with what runs them.
   *
   * @return sorted by type
   */
  public List<Registered<Object>> all() {
    return sorted;
  }

  /**
   * The plugins that were found and cannot be used.
   *
   * @return empty when all is well
   */
  public List<BrokenPlugin> broken() {
    return broken;
  }

  static String kebab(String name) {
    return name.replace('_', '-');
  }

  /**
   * A type that is not there.
   *
   * @param code {@code FF-DEF-TYPE}, or {@code FF-PLUGIN-BROKEN} when its plugin failed
   * @param message one sentence or two
   */
  public record Unknown(String code, String message) {}

  /** Collects node types. Not thread-safe. */
  public static final class Builder {
    final List<Action<?>> controls = new ArrayList<>();
    final List<TriggerDescriptor<?>> triggersByName = new ArrayList<>();
    final List<Object> ofHost = new ArrayList<>();
    boolean discovers = true;
    @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    private Builder() {}

    /**
     * Adds a type that is part of the engine.
     *
     * @param action its action
     * @return this
     */
    public Builder control(Action<?> action) {
      controls.add(action);
      return this;
    }

    /**
     * Adds a trigger that is known by name only, until a plugin brings it.
     *
     * @param descriptor its description
     * @return this
     */
    public Builder triggerByName(TriggerDescriptor<?> descriptor) {
      triggersByName.add(descriptor);
      return this;
    }

    /**
     * Adds an action of the host, which takes the place of a discovered one of its type.
     *
     * @param action the action; of several of one type the last counts
     * @return this
     */
    public Builder action(Action<?> action) {
      ofHost.add(action);
      return this;
    }

    /**
     * Adds a trigger of the host, which takes the place of a discovered one of its type.
     *
     * @param trigger the trigger; of several of one type the last counts
     * @return this
     */
    public Builder trigger(Trigger<?> trigger) {
      ofHost.add(trigger);
      return this;
    }

    /**
     * Whether plugins are looked for; they are unless told otherwise.
     *
     * @param on false for none but those that are given
     * @return this
     */
    public Builder discoverPlugins(boolean on) {
      discovers = on;
      return this;
    }

    /**
     * Where plugins are looked for first; in the thread's context class loader unless told
     * otherwise.
     *
     * @param first a class loader, or null for core's own alone
     * @return this
     */
    public Builder loader(@Nullable ClassLoader first) {
      loader = first;
      return this;
    }

    /**
     * Looks for plugins and puts all together.
     *
     * @return the registry
     * @throws io.flowforge.FlowForgeException {@code FF-PLUGIN-CONFLICT} when two plugins bring one
     *     type or alias, {@code FF-PLUGIN-BROKEN} when a type that was given cannot be used
     */
    public ActionRegistry build() {
      return new Registration(this).registry();
    }
  }
}
