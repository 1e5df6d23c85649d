package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled macro: runs its body once per element of a list, or per key of a map. */
final class Macro extends Paths.Segment {

  private final MacroKind kind;
  private final int slot;
  private final Code body;
  private final int weight;
  private final Place place;

  /**
   * Makes one.
   *
   * @param weight steps that one round costs
   */
  Macro(MacroKind kind, int slot, Code body, int weight, Place place) {
    this.kind = kind;
    this.slot = slot;
    this.body = body;
    this.weight = weight;
    this.place = place;
  }

  @Override
  @Nullable Object apply(Frame frame, @Nullable Object target) {
    Collection<?> elements = elements(target);
    return switch (kind) {
      case MAP -> map(frame, elements);
      case FILTER -> filter(frame, elements);
      case ALL -> count(frame, elements, false, 1) == 0;
      case EXISTS -> count(frame, elements, true, 1) == 1;
      case EXISTS_ONE -> count(frame, elements, true, 2) == 1;
    };
  }

  private Collection<?> elements(@Nullable Object target) {
    if (target instanceof List<?> list) {
      return list;
    }
    if (target instanceof Map<?, ?> map) {
      return map.keySet();
    }
    throw place.failure(
        ExpressionCode.TYPE, kind.word() + " takes a list or map, not " + Described.value(target));
  }

  private List<@Nullable Object> map(Frame frame, Collection<?> elements) {
    charge(frame, elements.size());
    List<@Nullable Object> mapped = new ArrayList<>();
    for (Object element : elements) {
      mapped.add(round(frame, element));
    }
    return Collections.unmodifiableList(mapped);
  }

  private List<@Nullable Object> filter(Frame frame, Collection<?> elements) {
    charge(frame, 0);
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object element : elements) {
      if (isTrue(round(frame, element))) {
        kept.add(element);
      }
    }
    charge(frame, kept.size());
    return Collections.unmodifiableList(kept);
  }

  /** Counts the elements whose answer is the wanted one, up to enough. */
  private int count(Frame frame, Collection<?> elements, boolean wanted, int enough) {
    int count = 0;
    for (Object element : elements) {
      if (isTrue(round(frame, element)) == wanted && ++count == enough) {
        return count;
      }
    }
    return count;
  }

  private void charge(Frame frame, int elements) {
    try {
      frame.growList(elements);
    } catch (ExpressionException failure) {
      throw failure.placed(place);
    }
  }

  private @Nullable Object round(Frame frame, @Nullable Object element) {
    try {
      frame.step(weight);
    } catch (ExpressionException failure) {
      throw failure.placed(place);
    }
    frame.bind(slot, element);
    return body.value(frame);
  }

  private boolean isTrue(@Nullable Object answer) {
    return Operations.truth(kind.word(), answer, place);
  }
}
