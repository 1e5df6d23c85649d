package io.flowforge.internal.binding;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.Action;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the node types of an engine together. Names go, in this order, to the engine's own types, to
 * those that the host gives, to discovered ones, and to triggers that are known by name only. For
 * one use.
 */
final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(ActionRegistry.class);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<BrokenPlugin> broken = new ArrayList<>();

  /** Where a type comes from, strongest first. */
  private enum Origin {
    ENGINE,
    HOST,
    DISCOVERED,
    NAME_ONLY
  }

  /** A type and what brought it. */
  private record Entry(Registered<Object> registered, Origin origin, Class<?> provider) {
    String type() {
      return registered.type().type();
    }
  }

  Registration(ActionRegistry.Builder given) {
    given.controls.forEach(control -> own(NodeType.Kind.CONTROL, control));
    given.ofHost.forEach(this::ofHost);
    if (given.discovers) {
      Plugins plugins = Plugins.discover(given.loader);
      broken.addAll(plugins.broken());
      plugins.found().forEach(this::discovered);
    }
    given.triggersByName.forEach(
        descriptor -> own(NodeType.Kind.TRIGGER, new TriggerNodes.Event<>(descriptor.node())));
    broken.forEach(plugin -> LOG.warn("{}", plugin.complaint()));
  }

  ActionRegistry registry() {
    Map<String, Registered<Object>> types = new HashMap<>();
    entries.forEach((type, entry) -> types.put(type, entry.registered));
    return new ActionRegistry(types, aliases(), broken);
  }

  private void own(NodeType.Kind kind, Action<?> action) {
    boolean byName = kind == NodeType.Kind.TRIGGER;
    Entry entry =
        new Entry(
            any(Registered.of(kind, action)),
            byName ? Origin.NAME_ONLY : Origin.ENGINE,
            action.getClass());
    entries.putIfAbsent(entry.type(), entry);
  }

  private void ofHost(Object plugin) {
    try {
      add(new Entry(read(plugin), Origin.HOST, plugin.getClass()));
    } catch (IllegalArgumentException e) {
      String name = plugin.getClass().getName();
      throw new FlowForgeException(
          "FF-PLUGIN-BROKEN",
          new BrokenPlugin(name, typeOf(plugin), Plugins.reason(e)).complaint(),
          Map.of("class", name),
          false,
          e);
    }
  }

  private void discovered(Object plugin) {
    Registered<Object> registered;
    try {
      registered = read(plugin);
    } catch (RuntimeException | LinkageError e) {
      String name = plugin.getClass().getName();
      broken.add(new BrokenPlugin(name, typeOf(plugin), Plugins.reason(e)));
      LOG.debug("plugin {} is broken", name, e);
      return;
    }
    add(new Entry(registered, Origin.DISCOVERED, plugin.getClass()));
  }

  private static Registered<Object> read(Object plugin) {
    return any(
        plugin instanceof Trigger<?> trigger
            ? Registered.of(trigger)
            : Registered.of(NodeType.Kind.ACTION, (Action<?>) plugin));
  }

  /** The type that a broken plugin names, if it comes so far. */
  private static @Nullable String typeOf(Object plugin) {
    try {
      return plugin instanceof Trigger<?> trigger
          ? trigger.descriptor().type()
          : ((Action<?>) plugin).descriptor().type();
    } catch (RuntimeException | LinkageError ignored) { // broken before it has a name
      return null;
    }
  }

  private void add(Entry entry) {
    Entry before = entries.putIfAbsent(entry.type(), entry);
    if (before == null) {
      return;
    }
    if (before.origin == Origin.ENGINE) {
      throw conflict(
          "node type " + Shown.quoted(entry.type()) + " is part of the engine; rename the one of ",
          entry.provider,
          null,
          "");
    }
    if (entry.origin == Origin.HOST) {
      entries.put(entry.type(), entry);
    } else if (before.origin == entry.origin) {
      throw conflict(
          "node type " + Shown.quoted(entry.type()) + " is provided twice, by ",
          before.provider,
          entry.provider,
          "; remove one of them from the class path or module path, or choose one with"
              + " FlowForge.builder().action(…)");
    }
  }

  private Map<String, Registered<Object>> aliases() {
    Map<String, Entry> owners = new LinkedHashMap<>();
    for (Origin origin : Origin.values()) {
      for (Entry entry : entries.values()) {
        if (entry.origin == origin) {
          entry.registered.type().aliases().forEach(alias -> claim(alias, entry, owners));
        }
      }
    }
    Map<String, Registered<Object>> aliases = new HashMap<>();
    owners.forEach((alias, entry) -> aliases.put(alias, entry.registered));
    return aliases;
  }

  /** Gives an alias to the strongest; two plugins of equal rights are a conflict. */
  private void claim(String alias, Entry entry, Map<String, Entry> owners) {
    String kebab = ActionRegistry.kebab(alias);
    if (entries.containsKey(kebab)) {
      return;
    }
    Entry before = owners.putIfAbsent(kebab, entry);
    if (before != null && !before.equals(entry) && before.origin == entry.origin) {
      throw conflict(
          "alias " + Shown.quoted(alias) + " is claimed twice, by ",
          before.provider,
          entry.provider,
          "; remove one of them from the class path or module path, or turn discovery off with"
              + " FlowForge.builder().discoverPlugins(false)");
    }
  }

  private static FlowForgeException conflict(
      String what, Class<?> first, @Nullable Class<?> second, String cure) {
    String one = first.getName() + " (" + Plugins.location(first) + ")";
    String two =
        second == null ? "" : " and " + second.getName() + " (" + Plugins.location(second) + ")";
    return new FlowForgeException(
        "FF-PLUGIN-CONFLICT", what + one + two + cure, Map.of(), false, null);
  }

  @SuppressWarnings("unchecked") // the planner binds configs with the type's own config
  private static Registered<Object> any(Registered<?> registered) {
    return (Registered<Object>) registered;
  }
}
