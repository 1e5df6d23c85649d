package io.flowforge.internal.document;

import io.flowforge.FlowForgeException;
import io.flowforge.flow.Problem;
import io.flowforge.internal.text.Shown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values to and from JSON text, outside flow documents. */
public final class Values {
  private Values() {}

  /** The value of a text; the first problem is thrown. */
  public static @Nullable Object parse(String text, ReadRules rules) {
    return parse(findings -> JsonReader.read(Utf8.text(text, rules), rules, findings));
  }

  /** The value of a text in UTF-8; the first problem is thrown. */
  public static @Nullable Object parse(byte[] utf8, ReadRules rules) {
    return parse(findings -> JsonReader.read(Utf8.text(utf8, rules), rules, findings));
  }

  /** The text of a value, without white space. */
  public static String write(@Nullable Object value) {
    return JsonWriter.compact(value);
  }

  /** The text of a value, a line per element. */
  public static String writePretty(@Nullable Object value) {
    return JsonWriter.pretty(value);
  }

  private static @Nullable Object parse(Reading reading) {
    Findings findings = new Findings();
    try {
      Object value = reading.read(findings);
      if (findings.isEmpty()) {
        return value;
      }
      throw failure(findings.sorted().get(0));
    } catch (Unreadable refusal) {
      throw failure(refusal.problem());
    }
  }

  private static FlowForgeException failure(Problem problem) {
    String place = problem.path().isEmpty() ? "" : " at " + Shown.value(problem.path());
    return new FlowForgeException(
        problem.code(),
        "cannot read JSON" + place + ": " + problem.message(),
        Map.of("path", problem.path()),
        false,
        null);
  }

  @FunctionalInterface
  private interface Reading {
    @Nullable Object read(Findings findings);
  }
}
