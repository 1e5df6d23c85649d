package io.flowforge.jdbc.internal;

import java.util.ArrayList;
import java.util.List;

/** The values of an {@code {in}} of a statement. */
record Ids(List<String> values) {
  /** A list in parts of at most so many; none for an empty list. */
  static List<Ids> parts(List<String> values, int most) {
    List<Ids> parts = new ArrayList<>();
    for (int from = 0; from < values.size(); from += most) {
      parts.add(new Ids(values.subList(from, Math.min(values.size(), from + most))));
    }
    return parts;
  }
}
