package io.flowforge.internal.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros: methods whose second argument is evaluated once per element. */
enum MacroKind {
  MAP("map"),
  FILTER("filter"),
  ALL("all"),
  EXISTS("exists"),
  EXISTS_ONE("exists_one");

  private static final Map<String, MacroKind> BY_WORD =
      Map.of("map", MAP, "filter", FILTER, "all", ALL, "exists", EXISTS, "exists_one", EXISTS_ONE);

  private final String word;

  MacroKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static @Nullable MacroKind of(String word) {
    return BY_WORD.get(word);
  }
}
