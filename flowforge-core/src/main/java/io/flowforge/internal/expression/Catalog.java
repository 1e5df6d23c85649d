package io.flowforge.internal.expression;

import io.flowforge.internal.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All functions of the language, by group. */
final class Catalog {

  private static final Map<String, List<Function>> GROUPS = groups();
  private static final Map<String, Function> BY_NAME = byName();

  /** What functions are called elsewhere, so that a habit gets an answer. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("length", "size"),
          Map.entry("len", "size"),
          Map.entry("count", "size"),
          Map.entry("toUpperCase", "upper"),
          Map.entry("toLowerCase", "lower"),
          Map.entry("uppercase", "upper"),
          Map.entry("lowercase", "lower"),
          Map.entry("parseInt", "int"),
          Map.entry("toInt", "int"),
          Map.entry("parseFloat", "number"),
          Map.entry("toNumber", "number"),
          Map.entry("float", "number"),
          Map.entry("double", "number"),
          Map.entry("str", "string"),
          Map.entry("toString", "string"),
          Map.entry("substr", "substring"),
          Map.entry("includes", "contains"),
          Map.entry("coalesce", "default"),
          Map.entry("orElse", "default"),
          Map.entry("isNull", "has"),
          Map.entry("parseJson", "fromJson"),
          Map.entry("json", "toJson"),
          Map.entry("stringify", "toJson"),
          Map.entry("unique", "distinct"),
          Map.entry("encodeURIComponent", "urlEncode"),
          Map.entry("typeof", "type"),
          Map.entry("typeOf", "type"),
          Map.entry("today", "now"),
          Map.entry("average", "avg"));

  private Catalog() {}

  static @Nullable Function find(String name) {
    return BY_NAME.get(name);
  }

  /** All functions by group, in the order of the documentation. */
  static List<FunctionSummary> summaries() {
    List<FunctionSummary> summaries = new ArrayList<>();
    GROUPS.forEach(
        (group, functions) ->
            functions.forEach(
                each ->
                    summaries.add(
                        new FunctionSummary(
                            group, each.name(), each.signature(), each.summary()))));
    return List.copyOf(summaries);
  }

  /** A proposal for a name that is no function, as a sentence, or nothing. */
  static String hint(String name) {
    String habit = ELSEWHERE.get(name);
    return habit != null
        ? " Did you mean \"" + habit + "\"?"
        : NearestName.hint(name, BY_NAME.keySet());
  }

  private static Map<String, List<Function>> groups() {
    Map<String, List<Function>> groups = new LinkedHashMap<>();
    groups.put("Values", ValueFunctions.all());
    groups.put("Text", joined(TextFunctions.all(), PaddingFunctions.all()));
    groups.put("Regular expressions", PatternFunctions.all());
    groups.put("Numbers", NumberFunctions.all());
    groups.put("Lists", joined(ListFunctions.all(), OrderFunctions.all()));
    groups.put("Maps", MapFunctions.all());
    groups.put("Dates", DateFunctions.all());
    groups.put("Encodings", CodecFunctions.all());
    groups.put("Hashes", HashFunctions.all());
    return groups;
  }

  private static List<Function> joined(List<Function> first, List<Function> second) {
    List<Function> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static Map<String, Function> byName() {
    Map<String, Function> functions = new TreeMap<>();
    GROUPS.values().forEach(group -> group.forEach(each -> functions.put(each.name(), each)));
    return functions;
  }
}
