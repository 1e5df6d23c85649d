package io.flowforge.internal.document;

import io.flowforge.flow.Durations;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of a document: typed access to its keys, with every misuse reported at its place.
 *
 * <p>A key whose value is null counts as absent. An accessor that reports a problem answers as if
 * the key were absent, so that reading can go on.
 */
final class Fields {
  private final Map<String, Object> values;
  private final Pointer at;
  private final @Nullable String node;
  private final Findings findings;

  private Fields(Map<String, Object> values, Pointer at, @Nullable String node, Findings findings) {
    this.values = values;
    this.at = at;
    this.node = node;
    this.findings = findings;
  }

  /** The fields of a value that must be an object; null, with a problem, when it is not. */
  static @Nullable Fields of(
      @Nullable Object value, Pointer at, @Nullable String node, Findings findings) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(keyed(map), at, node, findings);
    }
    String message = Shown.value(at.name()) + " must be an object, was " + Shown.quoted(value);
    findings.add(Codes.SHAPE, at, node, message + ".");
    return null;
  }

  /** Both readers give maps with text keys only. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> keyed(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /** The same fields, with problems told to belong to a node. */
  Fields of(String nodeId) {
    return new Fields(values, at, nodeId, findings);
  }

  Pointer pointer() {
    return at;
  }

  @Nullable String node() {
    return node;
  }

  Findings findings() {
    return findings;
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  boolean mentions(String key) {
    return values.containsKey(key);
  }

  boolean hasOtherThan(Set<String> keys) {
    return !keys.containsAll(values.keySet());
  }

  @Nullable Object raw(String key) {
    return values.get(key);
  }

  void problem(String code, String key, String message) {
    findings.add(code, at.at(key), node, message);
  }

  /** Reports what is missing or wrong with the object as a whole. */
  void problem(String code, String message) {
    findings.add(code, at, node, message);
  }

  /** Reports every key that is not known. */
  void refuseOthers(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key) && !findings.isFull()) {
        String hint = NearestName.hint(key, known);
        String cure = hint.isEmpty() ? " Free keys belong under \"metadata\" or \"ui\"." : hint;
        problem(Codes.KEY, key, "unknown key " + Shown.quoted(key) + "." + cure);
      }
    }
  }

  @Nullable String text(String key) {
    Object value = values.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    problem(Codes.SHAPE, key, key + " must be text, was " + Shown.quoted(value) + ".");
    return null;
  }

  /** Text, or the word that YAML has made a boolean of. */
  @Nullable String word(String key) {
    Object value = values.get(key);
    return value instanceof Boolean ? value.toString() : text(key);
  }

  boolean flag(String key) {
    Object value = values.get(key);
    if (value == null || value instanceof Boolean) {
      return value != null && (Boolean) value;
    }
    problem(Codes.SHAPE, key, key + " must be true or false, was " + Shown.quoted(value) + ".");
    return false;
  }

  @Nullable Fields object(String key) {
    Object value = values.get(key);
    return value == null ? null : of(value, at.at(key), node, findings);
  }

  /** The values of an object; empty when absent. */
  Map<String, Object> values(String key) {
    Fields object = object(key);
    return object == null ? Map.of() : object.values;
  }

  Map<String, Object> values() {
    return values;
  }

  @Nullable List<?> list(String key) {
    Object value = values.get(key);
    if (value == null || value instanceof List<?>) {
      return (List<?>) value;
    }
    problem(Codes.SHAPE, key, key + " must be a list, was " + Shown.quoted(value) + ".");
    return null;
  }

  List<String> texts(String key) {
    List<?> list = list(key);
    if (list == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text) {
        texts.add(text);
      } else {
        String message = key + " must hold texts only, was " + Shown.quoted(list.get(i)) + ".";
        findings.add(Codes.SHAPE, at.at(key).at(i), node, message);
      }
    }
    return texts;
  }

  /** A whole number of a policy, within bounds. */
  int whole(String key, int fallback, int least, int most) {
    Object value = values.get(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      boolean fits =
          exact.stripTrailingZeros().scale() <= 0
              && exact.compareTo(BigDecimal.valueOf(least)) >= 0
              && exact.compareTo(BigDecimal.valueOf(most)) <= 0;
      if (fits) {
        return exact.intValue();
      }
    }
    String bounds = " must be a whole number from " + least + " to " + most + ", was ";
    problem(Codes.CONFIG, key, key + bounds + Shown.quoted(value) + ".");
    return fallback;
  }

  /** A duration of a policy; null when absent. */
  @Nullable Duration duration(String key) {
    Object value = values.get(key);
    return value == null ? null : duration(value, at.at(key));
  }

  /** A duration that must be longer than zero; null when absent. */
  @Nullable Duration positive(String key) {
    Duration duration = duration(key);
    if (duration != null && duration.isZero()) {
      problem(Codes.CONFIG, key, key + " must be longer than zero.");
      return null;
    }
    return duration;
  }

  /** A choice of a policy, written in kebab-case; null when absent. */
  <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
    Object value = values.get(key);
    if (value == null) {
      return null;
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Fields::kebab).toList();
    int index = value instanceof String text ? names.indexOf(text) : -1;
    if (index >= 0) {
      return type.getEnumConstants()[index];
    }
    String hint = value instanceof String text ? NearestName.hint(text, names) : "";
    String allowed = key + " must be one of " + String.join(", ", names) + ", was ";
    problem(Codes.CONFIG, key, allowed + Shown.quoted(value) + "." + hint);
    return null;
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private @Nullable Duration duration(Object value, Pointer place) {
    try {
      if (value instanceof String text) {
        return Durations.parse(text);
      }
      String message = Shown.quoted(value) + " is no duration; write it with its unit, like 30s.";
      findings.add(Codes.CONFIG, place, node, message);
    } catch (IllegalArgumentException refusal) {
      findings.add(Codes.CONFIG, place, node, refusal.getMessage() + ".");
    }
    return null;
  }
}
