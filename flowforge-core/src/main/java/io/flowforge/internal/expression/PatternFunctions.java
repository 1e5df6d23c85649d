package io.flowforge.internal.expression;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions with a regular expression as their second argument. */
final class PatternFunctions {

  /** Going on behind a match costs more than going through the text. */
  private static final int PER_MATCH = 4;

  private PatternFunctions() {}

  static List<Function> all() {
    return List.of(
        pattern(
            "matches(text, pattern)",
            "True if the pattern is found in the text; `^…$` asks for all of it.",
            a -> matcher(a).find()),
        pattern(
            "regexFind(text, pattern, group?)",
            "The first match, or a group of it; null if there is none.",
            PatternFunctions::find),
        pattern(
            "regexFindAll(text, pattern, group?)",
            "All matches, or a group of each.",
            PatternFunctions::findAll),
        pattern(
            "regexReplace(text, pattern, by)",
            "Every match replaced; `$1` is its first group, `$0` all of it, `$$` a dollar sign.",
            PatternFunctions::replace),
        pattern(
            "regexSplit(text, pattern)", "The parts between matches.", PatternFunctions::split));
  }

  private static Function pattern(String signature, String summary, Function.Body body) {
    return Function.of(signature, summary, body).as(Function.Kind.PATTERN);
  }

  private static Matcher matcher(Arguments arguments) {
    return TextPattern.from(arguments).matcher(arguments.frame(), arguments.text(0));
  }

  private static @Nullable Object find(Arguments arguments) {
    Matcher matcher = matcher(arguments);
    int group = group(arguments, matcher);
    return matcher.find() ? matcher.group(group) : null;
  }

  private static Object findAll(Arguments arguments) {
    Matcher matcher = matcher(arguments);
    int group = group(arguments, matcher);
    List<@Nullable Object> found = new ArrayList<>();
    while (matcher.find()) {
      arguments.frame().step(PER_MATCH);
      found.add(matcher.group(group));
    }
    arguments.frame().growList(found.size());
    return Collections.unmodifiableList(found);
  }

  private static int group(Arguments arguments, Matcher matcher) {
    long group = arguments.whole(2, 0);
    if (group < 0 || group > matcher.groupCount()) {
      throw arguments.wrongValue(
          "the pattern has groups 0 to " + matcher.groupCount() + ", not " + group);
    }
    return (int) group;
  }

  private static Object replace(Arguments arguments) {
    String text = arguments.text(0);
    Matcher matcher = matcher(arguments);
    String by = arguments.text(2);
    TextBuilder replaced = new TextBuilder(arguments.frame());
    int from = 0;
    while (matcher.find()) {
      arguments.frame().step(PER_MATCH);
      replaced.append(text.substring(from, matcher.start()));
      appendReplacement(replaced, arguments, matcher, by);
      from = matcher.end();
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static void appendReplacement(
      TextBuilder replaced, Arguments arguments, Matcher matcher, String by) {
    for (int i = 0; i < by.length(); i++) {
      char next = i + 1 < by.length() ? by.charAt(i + 1) : ' ';
      if (by.charAt(i) != '$' || next != '$' && (next < '0' || next > '9')) {
        replaced.append(by.charAt(i));
      } else if (next == '$') {
        replaced.append('$');
        i++;
      } else {
        int group = next - '0';
        if (group > matcher.groupCount()) {
          throw arguments.wrongValue("the pattern has no group " + group);
        }
        String value = matcher.group(group);
        replaced.append(value == null ? "" : value);
        i++;
      }
    }
  }

  private static Object split(Arguments arguments) {
    String text = arguments.text(0);
    Matcher matcher = matcher(arguments);
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (matcher.find()) {
      arguments.frame().step(PER_MATCH);
      if (matcher.end() > matcher.start()) {
        parts.add(text.substring(from, matcher.start()));
        from = matcher.end();
      }
    }
    parts.add(text.substring(from));
    return TextFunctions.strings(arguments, parts);
  }
}
