package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions over text; positions and lengths count code points. */
final class TextFunctions {

  private TextFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "upper(text)",
            "Upper-case letters.",
            a -> built(a, a.text(0).toUpperCase(Locale.ROOT))),
        Function.of(
            "lower(text)",
            "Lower-case letters.",
            a -> built(a, a.text(0).toLowerCase(Locale.ROOT))),
        Function.of(
            "capitalize(text)",
            "First letter in upper case, the rest as it is.",
            TextFunctions::capitalize),
        Function.of("trim(text)", "Without white space at both ends.", a -> a.text(0).strip()),
        Function.of(
            "startsWith(text, part)",
            "True if the text begins with the part.",
            a -> a.text(0).startsWith(a.text(1))),
        Function.of(
            "endsWith(text, part)",
            "True if the text ends with the part.",
            a -> a.text(0).endsWith(a.text(1))),
        Function.of(
            "substring(text, start, end?)",
            "Characters from start up to before end; cut to the text.",
            TextFunctions::substring),
        Function.of(
            "replace(text, part, by)",
            "Every occurrence of the part replaced.",
            TextFunctions::replace),
        Function.of(
            "split(text, separator)",
            "Parts between separators; `''` splits into characters.",
            TextFunctions::split),
        Function.of(
            "lines(text)",
            "The lines of a text.",
            a -> strings(a, a.text(0).lines().peek(line -> a.frame().step(1)).toList())),
        Function.of(
            "join(list, separator?)",
            "The elements as one text, with a separator between them.",
            TextFunctions::join));
  }

  private static String built(Arguments arguments, String text) {
    arguments.frame().grow(text.length());
    return text;
  }

  private static Object capitalize(Arguments arguments) {
    String text = arguments.text(0);
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return built(
        arguments, text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first));
  }

  private static Object substring(Arguments arguments) {
    String text = arguments.text(0);
    int size = text.codePointCount(0, text.length());
    int start = position(arguments.whole(1), size);
    int end = position(arguments.whole(2, size), size);
    if (start >= end) {
      return "";
    }
    int from = text.offsetByCodePoints(0, start);
    return built(arguments, text.substring(from, text.offsetByCodePoints(from, end - start)));
  }

  /** A position cut to the size. */
  static int position(long position, int size) {
    return (int) Math.max(0, Math.min(position, size));
  }

  private static Object replace(Arguments arguments) {
    String text = arguments.text(0);
    String part = arguments.text(1);
    String by = arguments.text(2);
    if (part.isEmpty()) {
      return text;
    }
    TextBuilder replaced = new TextBuilder(arguments.frame());
    int from = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, from)) {
      replaced.append(text.substring(from, at)).append(by);
      from = at + part.length();
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static Object split(Arguments arguments) {
    String text = arguments.text(0);
    String separator = arguments.text(1);
    List<String> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      arguments.frame().step(text.length());
      text.codePoints().forEach(point -> parts.add(Character.toString(point)));
      return strings(arguments, parts);
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      arguments.frame().step(1);
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return strings(arguments, parts);
  }

  /** A list of strings as a result. */
  static List<@Nullable Object> strings(Arguments arguments, List<String> strings) {
    arguments.frame().growList(strings.size());
    return Collections.unmodifiableList(new ArrayList<>(strings));
  }

  private static Object join(Arguments arguments) {
    String separator = arguments.text(1, "");
    TextBuilder joined = new TextBuilder(arguments.frame());
    boolean first = true;
    for (Object element : arguments.list(0)) {
      joined.append(first ? "" : separator);
      joined.append(ValueFunctions.text(arguments.frame(), element));
      first = false;
    }
    return joined.toString();
  }
}
