package io.flowforge.internal.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/** Estimates how large a pattern becomes once its counted repetitions are written out. */
final class PatternSize {

  static final long LARGEST = 10_000;
  private static final long ENOUGH = LARGEST * LARGEST;

  private final String pattern;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long group;
  private long last;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  static long of(String pattern) {
    PatternSize size = new PatternSize(pattern);
    while (size.at < pattern.length()) {
      size.next();
    }
    while (!size.outer.isEmpty()) {
      size.close();
    }
    return size.group;
  }

  private void next() {
    char c = pattern.charAt(at++);
    switch (c) {
      case '(' -> {
        outer.push(group);
        group = 0;
        last = 0;
      }
      case ')' -> close();
      case '{' -> repeat();
      case '[' -> {
        skipClass();
        atom();
      }
      case '\\' -> {
        at = Math.min(at + 1, pattern.length());
        atom();
      }
      default -> atom();
    }
  }

  private void atom() {
    last = 1;
    group = Math.min(ENOUGH, group + 1);
  }

  private void close() {
    last = group + 2;
    group = Math.min(ENOUGH, (outer.isEmpty() ? 0 : outer.pop()) + last);
  }

  /** Reads {n}, {n,} or {n,m}; anything else is an atom of its own. */
  private void repeat() {
    int end = pattern.indexOf('}', at);
    String inside = end < 0 ? "" : pattern.substring(at, end);
    if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
      atom();
      return;
    }
    at = end + 1;
    int comma = inside.indexOf(',');
    String most =
        comma < 0 || comma == inside.length() - 1
            ? inside.replace(",", "")
            : inside.substring(comma + 1);
    long times = Math.max(1, Long.parseLong(most) + (comma < 0 ? 0 : 1));
    long repeated = Math.min(ENOUGH, last * times);
    group = Math.min(ENOUGH, group + repeated - last);
    last = repeated;
  }

  private void skipClass() {
    int start = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == start)) {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, pattern.length());
  }
}
