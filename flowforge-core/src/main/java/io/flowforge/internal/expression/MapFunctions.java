package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions over maps; the order of entries is kept. */
final class MapFunctions {

  private MapFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "keys(map)",
            "The keys.",
            a -> ListFunctions.result(a, new ArrayList<>(a.map(0).keySet()))),
        Function.of(
            "values(map)",
            "The values.",
            a -> ListFunctions.result(a, new ArrayList<>(a.map(0).values()))),
        Function.of("entries(map)", "A list of `{key, value}`.", MapFunctions::entries),
        Function.of(
            "fromEntries(list)",
            "A map made of a list of `{key, value}`.",
            MapFunctions::fromEntries),
        Function.of(
            "merge(map, …)", "The entries of all maps; later ones win.", MapFunctions::merge),
        Function.of(
            "pick(map, keys)", "Only the entries under these keys.", a -> chosen(a, Choice.PICK)),
        Function.of(
            "omit(map, keys)",
            "All but the entries under these keys.",
            a -> chosen(a, Choice.OMIT)),
        Function.of(
            "get(value, path, fallback?)",
            "What a path that is data itself (`'a.b[0].c'`) leads to, else the fallback.",
            MapFunctions::get));
  }

  private enum Choice {
    PICK,
    OMIT
  }

  /** A map as a result. */
  static Map<String, @Nullable Object> result(
      Arguments arguments, Map<String, @Nullable Object> map) {
    arguments.frame().growList(2 * map.size());
    return Collections.unmodifiableMap(map);
  }

  private static Object entries(Arguments arguments) {
    List<@Nullable Object> entries = new ArrayList<>();
    for (Map.Entry<?, ?> entry : arguments.map(0).entrySet()) {
      Map<String, @Nullable Object> pair = new LinkedHashMap<>();
      pair.put("key", entry.getKey());
      pair.put("value", entry.getValue());
      entries.add(result(arguments, pair));
    }
    return ListFunctions.result(arguments, entries);
  }

  private static Object fromEntries(Arguments arguments) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Object element : arguments.list(0)) {
      if (!(Values.member(element, "key") instanceof String key)) {
        throw arguments.wrongType(0, "a list of {key, value} with keys that are strings");
      }
      map.put(key, Values.member(element, "value"));
    }
    return result(arguments, map);
  }

  private static Object merge(Arguments arguments) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    for (int i = 0; i < arguments.count(); i++) {
      arguments.map(i).forEach((key, value) -> merged.put(String.valueOf(key), value));
    }
    return result(arguments, merged);
  }

  private static Object chosen(Arguments arguments, Choice choice) {
    List<?> keys = arguments.list(1);
    Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    for (Object key : keys) {
      if (!(key instanceof String name)) {
        throw arguments.wrongType(1, "a list of strings");
      }
      named.add(name);
    }
    for (Map.Entry<?, ?> entry : arguments.map(0).entrySet()) {
      if (named.contains(String.valueOf(entry.getKey())) == (choice == Choice.PICK)) {
        chosen.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    return result(arguments, chosen);
  }

  private static @Nullable Object get(Arguments arguments) {
    Object found = DataPath.of(arguments, arguments.text(1)).read(arguments.value(0));
    return found == null && arguments.count() > 2 ? arguments.value(2) : found;
  }
}
