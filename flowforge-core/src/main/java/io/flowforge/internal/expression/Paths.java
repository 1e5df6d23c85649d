package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiled paths: members, elements, methods and macros applied one after the other. */
final class Paths {

  private Paths() {}

  /** One compiled segment. */
  abstract static class Segment {
    abstract @Nullable Object apply(Frame frame, @Nullable Object target);
  }

  /** A path of members only, the most frequent kind. */
  static final class Members extends Code {

    private final Code base;
    private final String[] names;

    Members(Code base, List<String> names) {
      this.base = base;
      this.names = names.toArray(String[]::new);
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = base.value(frame);
      for (String name : names) {
        if (!(value instanceof Map<?, ?> map)) {
          return null;
        }
        value = map.get(name);
      }
      return value;
    }
  }

  static final class Segments extends Code {

    private final Code base;
    private final Segment[] segments;

    Segments(Code base, List<Segment> segments) {
      this.base = base;
      this.segments = segments.toArray(Segment[]::new);
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = base.value(frame);
      for (Segment segment : segments) {
        value = segment.apply(frame, value);
      }
      return value;
    }
  }

  static final class Member extends Segment {

    private final String name;

    Member(String name) {
      this.name = name;
    }

    @Override
    @Nullable Object apply(Frame frame, @Nullable Object target) {
      return Values.member(target, name);
    }
  }

  static final class Element extends Segment {

    private final Code index;

    Element(Code index) {
      this.index = index;
    }

    @Override
    @Nullable Object apply(Frame frame, @Nullable Object target) {
      return Values.element(target, index.value(frame));
    }
  }
}
