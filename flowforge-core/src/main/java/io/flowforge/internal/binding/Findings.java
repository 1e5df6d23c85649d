package io.flowforge.internal.binding;

import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Gathers the problems of one config, and knows what in it is not yet known. For one use. */
final class Findings {
  private final String code;
  private final Predicate<Object> unknown;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private int templates;

  private Findings(String code, Predicate<Object> unknown) {
    this.code = code;
    this.unknown = unknown;
  }

  /** For a config as written, in which some texts stand for values to come. */
  static Findings planned(Predicate<Object> isTemplate) {
    return new Findings(ConfigProblem.PLANNED, isTemplate);
  }

  /** For a config in which every text means itself. */
  static Findings running() {
    return new Findings(ConfigProblem.RUNNING, value -> false);
  }

  /** Whether a document is looked at, and not what became of it in a run. */
  boolean isPlanned() {
    return code.equals(ConfigProblem.PLANNED);
  }

  /** Leaves something open that is not looked at. */
  void leaveOpen() {
    templates++;
  }

  /** Whether a value stands for one whose kind is not known. */
  boolean standsForAny(Object raw) {
    boolean any = unknown.test(raw);
    templates += any ? 1 : 0;
    return any;
  }

  /** Whether a value is text of which only some is known. */
  boolean standsForText(Object raw) {
    boolean some = isPlanned() && raw instanceof String text && opens(text);
    templates += some ? 1 : 0;
    return some;
  }

  /** How much has been found or left open so far: nothing, when it stays the same. */
  int mark() {
    return problems.size() + templates;
  }

  void add(Pointer place, String sentence) {
    problems.add(new ConfigProblem(code, place.toString(), sentence));
  }

  /** A sentence that begins with the key, or the config as a whole. */
  void add(Pointer place, Misfit misfit) {
    String path = place.toString();
    String subject = path.isEmpty() ? "config" : Shown.quoted(path.substring(1));
    add(place, subject + " " + misfit.text());
  }

  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  /** Whether there is a <code>${</code> in it that is not written <code>$${</code>. */
  private static boolean opens(String text) {
    int at = text.indexOf("${");
    while (at > 0 && text.charAt(at - 1) == '$') {
      at = text.indexOf("${", at + 2);
    }
    return at >= 0;
  }
}
