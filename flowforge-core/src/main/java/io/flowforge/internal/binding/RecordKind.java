package io.flowforge.internal.binding;

import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes maps whose keys are the components of a record, and makes that record of them. */
final class RecordKind extends Kind {
  private static final int LONGEST_REASON = 300;

  private final Component[] components;
  private final MethodHandle constructor;
  private final String doc;

  /** Every key that documents may use, and the component's name. */
  private final Map<String, String> keys = new HashMap<>();

  /**
   * A record.
   *
   * @param components its components in order
   * @param constructor from an array of arguments to the record
   * @param doc a sentence about it, or empty
   */
  RecordKind(List<Component> components, MethodHandle constructor, String doc) {
    this.components = components.toArray(new Component[0]);
    this.constructor = constructor;
    this.doc = doc;
    for (Component component : components) {
      keys.put(component.alias() == null ? component.name() : component.alias(), component.name());
    }
    // A component that is named as another's alias keeps its own name.
    components.forEach(component -> keys.put(component.name(), component.name()));
  }

  List<Component> components() {
    return List.of(components);
  }

  @Override
  String noun() {
    return "an object";
  }

  @Override
  Object convert(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw misfit(value);
    }
    @Nullable Object[] arguments = new Object[components.length];
    int given = 0;
    for (int i = 0; i < components.length; i++) {
      Component component = components[i];
      Object raw = component.in(map);
      if (raw != null) {
        given++;
        arguments[i] = component.argument(raw);
      } else {
        arguments[i] = component.absent();
      }
    }
    if (given != map.size()) {
      requireKnown(map);
    }
    return construct(arguments);
  }

  @Override
  void expressions(
      @Nullable Object raw, List<Object> path, BiConsumer<List<Object>, Object> found) {
    if (raw instanceof Map<?, ?> map) {
      for (Component component : components) {
        component.kind().expressions(component.in(map), step(path, component.keyIn(map)), found);
      }
    }
  }

  /** There are more keys than values were taken: null was given, or a key is not known. */
  private void requireKnown(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      String name = keys.get(key);
      if (name == null) {
        throw new Misfit("has an unknown key " + Shown.quoted(key));
      }
      if (!name.equals(key) && map.get(name) != null && map.get(key) != null) {
        throw new Misfit("has " + Shown.quoted(name) + " twice, also as " + Shown.quoted(key));
      }
    }
  }

  private Object construct(@Nullable Object[] arguments) {
    try {
      return (Object) constructor.invokeExact(arguments);
    } catch (IllegalArgumentException e) {
      String reason = e.getMessage() == null ? "" : e.getMessage();
      throw new Misfit("is refused: " + Shown.escaped(reason, LONGEST_REASON), e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new Misfit("is refused by its record, which failed on it", e);
    }
  }

  @Override
  void checkKnown(Object raw, Pointer place, Findings findings) {
    if (!(raw instanceof Map<?, ?> map)) {
      findings.add(place, misfit(raw));
      return;
    }
    int mark = findings.mark();
    for (Component component : components) {
      Object given = component.in(map);
      if (given != null) {
        component.kind().check(given, place.at(component.keyIn(map)), findings);
      } else if (component.presence().required()) {
        findings.add(place, component.missing());
      }
    }
    checkKeys(map, place, findings);
    if (findings.mark() == mark) {
      super.checkKnown(raw, place, findings); // what the record's own constructor says
    }
  }

  private void checkKeys(Map<?, ?> map, Pointer place, Findings findings) {
    for (Object key : map.keySet()) {
      String text = String.valueOf(key);
      String name = keys.get(text);
      if (name == null) {
        findings.add(place.at(text), "unknown key " + Shown.quoted(text) + cure(text));
      } else if (!name.equals(text) && map.get(name) != null && map.get(text) != null) {
        String also = Shown.quoted(name) + " is there as well; they mean the same, leave one out";
        findings.add(place.at(text), new Misfit("is there twice: " + also));
      }
    }
  }

  private String cure(String key) {
    List<String> names = new ArrayList<>();
    for (Component component : components) {
      names.add(component.name());
    }
    String hint = NearestName.hint(key, names);
    if (!hint.isEmpty()) {
      return "." + hint;
    }
    return names.isEmpty()
        ? "; there are no keys here"
        : names.stream().map(Shown::quoted).collect(Collectors.joining(", ", "; known are ", ""));
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Component component : components) {
      properties.put(component.name(), component.schema());
      if (component.presence().required()) {
        required.add(component.name());
      }
    }
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /**
   * The same map with every key by its component's name; the map itself when they are so already.
   */
  Map<String, Object> canonical(Map<String, Object> raw) {
    for (String key : raw.keySet()) {
      if (!keys.getOrDefault(key, key).equals(key)) {
        PlainMap.Builder renamed = PlainMap.builder();
        raw.forEach((name, value) -> renamed.put(nameOf(name, raw), value));
        return renamed.build();
      }
    }
    return raw;
  }

  /** The component's name, unless that is there as well. */
  private String nameOf(String key, Map<String, Object> raw) {
    String name = keys.getOrDefault(key, key);
    return raw.containsKey(name) ? key : name;
  }
}
