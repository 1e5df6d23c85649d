package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiled list and map literals. */
final class Containers {

  private Containers() {}

  static final class ListOf extends Code {

    private final Code[] elements;

    ListOf(List<Code> elements) {
      this.elements = elements.toArray(Code[]::new);
    }

    @Override
    Object value(Frame frame) {
      frame.growList(elements.length);
      List<@Nullable Object> list = new ArrayList<>(elements.length);
      for (Code element : elements) {
        list.add(element.value(frame));
      }
      return Collections.unmodifiableList(list);
    }
  }

  static final class MapOf extends Code {

    private final Code[] keys;
    private final Code[] values;
    private final Place place;

    MapOf(List<Code> keys, List<Code> values, Place place) {
      this.keys = keys.toArray(Code[]::new);
      this.values = values.toArray(Code[]::new);
      this.place = place;
    }

    @Override
    Object value(Frame frame) {
      frame.growList(2 * keys.length);
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.length; i++) {
        Object key = keys[i].value(frame);
        if (!(key instanceof String name)) {
          throw place.failure(
              ExpressionCode.TYPE, "a key of a map is a string, not " + Described.value(key));
        }
        if (map.containsKey(name)) {
          throw place.failure(
              ExpressionCode.VALUE, "a map has the key \"" + Described.text(name) + "\" twice");
        }
        map.put(name, values[i].value(frame));
      }
      return Collections.unmodifiableMap(map);
    }
  }
}
