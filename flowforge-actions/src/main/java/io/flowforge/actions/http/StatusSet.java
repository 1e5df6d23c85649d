package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statuses that a node takes for success: {@code 404}, {@code "2xx"}, {@code "400-409"}. */
final class StatusSet {
  private static final Pattern RANGE = Pattern.compile("(\\d{3})(?:\\s*-\\s*(\\d{3}))?");
  private static final Pattern CLASS = Pattern.compile("([1-5])[xX]{2}");

  private final BitSet statuses;

  private StatusSet(BitSet statuses) {
    this.statuses = statuses;
  }

  static StatusSet of(List<? extends @Nullable Object> texts) {
    BitSet statuses = new BitSet(600);
    if (texts.isEmpty()) {
      statuses.set(100, 400);
    }
    for (Object text : texts) {
      add(statuses, String.valueOf(text).strip());
    }
    return new StatusSet(statuses);
  }

  private static void add(BitSet statuses, String text) {
    Matcher group = CLASS.matcher(text);
    Matcher range = RANGE.matcher(text);
    int from = -1;
    int to = -1;
    if (group.matches()) {
      from = Integer.parseInt(group.group(1)) * 100;
      to = from + 99;
    } else if (range.matches()) {
      from = Integer.parseInt(range.group(1));
      to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    }
    if (from < 100 || to > 599 || from > to) {
      throw new IllegalArgumentException(
          "acceptStatus must hold statuses from 100 to 599 such as 404, \"2xx\" or \"400-409\", was "
              + Shown.value(text));
    }
    statuses.set(from, to + 1);
  }

  boolean contains(int status) {
    return statuses.get(status);
  }
}
