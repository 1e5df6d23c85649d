package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path into data that is itself data, such as {@code "address.lines[0]"}. */
final class DataPath {

  private static final int LONGEST = 32;

  private final List<Object> segments;

  private DataPath(List<Object> segments) {
    this.segments = segments;
  }

  static DataPath of(Arguments arguments, String path) {
    List<Object> segments = new ArrayList<>();
    int at = 0;
    while (at < path.length()) {
      boolean index = path.charAt(at) == '[';
      int end = index ? path.indexOf(']', at) : nameEnd(path, at);
      String segment = end < 0 ? "" : path.substring(index ? at + 1 : at, end);
      if (segment.isEmpty() || segments.size() == LONGEST || index && !isIndex(segment)) {
        throw arguments.wrongValue(
            "\"" + Described.text(path) + "\" is no path; write one as a.b[0].c");
      }
      segments.add(index ? (Object) Long.valueOf(segment) : segment);
      at = index ? end + 1 : end;
      boolean dot = at < path.length() && path.charAt(at) == '.';
      at += dot ? 1 : 0;
      if (dot && at == path.length()) {
        throw arguments.wrongValue("the path \"" + Described.text(path) + "\" ends in a dot");
      }
    }
    return new DataPath(segments);
  }

  private static int nameEnd(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  private static boolean isIndex(String segment) {
    return segment.length() <= 9 && segment.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Nullable Object read(@Nullable Object value) {
    Object read = value;
    for (Object segment : segments) {
      read = Values.element(read, segment);
    }
    return read;
  }
}
