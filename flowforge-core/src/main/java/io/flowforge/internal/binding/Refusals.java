package io.flowforge.internal.binding;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a value has no plain form, in words for the author of the action that returned it. */
final class Refusals {
  private static final String VALUE = "FF-VALUE";

  private Refusals() {}

  static FlowForgeException tooLarge(long limit) {
    return new FlowForgeException(
        "FF-VALUE-SIZE",
        "value is larger than "
            + limit
            + " bytes; write large data to a file or store and return a reference to it",
        Map.of("limit", limit),
        false,
        null);
  }

  static FlowForgeException secret(String place) {
    return new FlowForgeException(
        "FF-VALUE-SECRET",
        at(place) + " is a secret, which must not leave its node; leave it out",
        Map.of("place", place),
        false,
        null);
  }

  static FlowForgeException tooDeep(String place) {
    return refusal(
        place, " is deeper than " + Weight.MAX_DEPTH + " lists and maps; flatten it", null);
  }

  static FlowForgeException cyclic(String place) {
    return refusal(place, " contains itself; return a value without cycles", null);
  }

  static FlowForgeException unreadable(String place, Throwable cause) {
    return refusal(
        place, " failed while it was read; return a finished map, list or record", cause);
  }

  static FlowForgeException key(String place, @Nullable Object key) {
    String kind = key == null ? "null" : "of " + key.getClass().getName();
    return refusal(
        place, " has a key that is " + kind + "; keys must be text, number or enum", null);
  }

  static FlowForgeException duplicateKey(String place, String key) {
    return refusal(place, " has two keys that read " + Shown.quoted(key) + " as text", null);
  }

  /** A class without a plain form. */
  static FlowForgeException foreign(String place, Class<?> type) {
    String cure =
        type.isRecord()
            ? "; its module must open its package to io.flowforge.core"
            : "; return maps, lists, texts, numbers, booleans, records, or beans with public getters";
    return refusal(place, " is a " + type.getName() + ", which has no plain form" + cure, null);
  }

  /** A number or text that JSON cannot hold. */
  static FlowForgeException scalar(String place, Object value) {
    if (value instanceof CharSequence) {
      return refusal(
          place, " is text with half a surrogate pair in it, which UTF-8 cannot hold", null);
    }
    if (value instanceof Double) {
      return refusal(place, " is " + value + "; numbers must be finite, return null instead", null);
    }
    return refusal(
        place,
        " is a number with more than "
            + PlainNumbers.MAX_DIGITS
            + " digits or an exponent above "
            + PlainNumbers.MAX_EXPONENT
            + "; round it or return it as text",
        null);
  }

  private static FlowForgeException refusal(String place, String what, @Nullable Throwable cause) {
    return new FlowForgeException(VALUE, at(place) + what, Map.of("place", place), false, cause);
  }

  private static String at(String place) {
    return place.isEmpty() ? "value" : "value at " + Shown.quoted(place);
  }
}
