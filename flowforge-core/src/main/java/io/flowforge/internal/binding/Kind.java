package io.flowforge.internal.binding;

import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What values a config component takes: how they are told, converted and described. Made once for a
 * component, and used by many threads.
 */
abstract class Kind {
  /** What it takes, to stand behind "must be". */
  abstract String noun();

  /**
   * Converts a plain value.
   *
   * @throws Misfit when it is of another kind or out of bounds
   */
  abstract Object convert(Object value);

  /** The JSON Schema of its values. */
  abstract Map<String, Object> schema();

  /** Whether its values are written as text. */
  boolean isText() {
    return false;
  }

  /** Looks for all that is wrong with a value as written; never null. */
  void check(Object raw, Pointer place, Findings findings) {
    if (findings.standsForAny(raw)) {
      return;
    }
    if (isText() && findings.standsForText(raw)) {
      return;
    }
    checkKnown(raw, place, findings);
  }

  /** As {@link #check}, for a value that is not a template itself. */
  void checkKnown(Object raw, Pointer place, Findings findings) {
    try {
      Object converted = convert(raw);
      assert converted != null;
    } catch (Misfit misfit) {
      findings.add(place, misfit);
    }
  }

  /**
   * Tells of the expressions in a config as written.
   *
   * @param raw the config value; null when it is not given
   * @param path keys and positions that lead to it
   * @param found takes the path and the text of each
   */
  void expressions(
      @Nullable Object raw, List<Object> path, BiConsumer<List<Object>, Object> found) {}

  /** A path one step longer. */
  static List<Object> step(List<Object> path, Object next) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(next);
    return List.copyOf(longer);
  }

  /** Says what was wanted and what came. */
  final Misfit misfit(Object value) {
    return new Misfit("must be " + noun() + ", was " + Shown.quoted(value));
  }
}
