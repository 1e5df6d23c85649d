package io.flowforge.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** Values of options that have bounds. */
final class Values {
  private Values() {}

  /**
   * The whole number of an option.
   *
   * @throws Refusal when it is none, or out of bounds
   */
  static int number(ParseResult given, String name, int least, int most, int otherwise) {
    String text = Options.text(given, name);
    if (text == null) {
      return otherwise;
    }
    long number = text.matches("-?\\d{1,10}") ? Long.parseLong(text) : Long.MIN_VALUE;
    if (number < least || number > most) {
      throw new Refusal(
          "FF-CLI-USAGE",
          name + " must be " + least + " to " + most + ", was \"" + Plain.line(text) + "\"");
    }
    return (int) number;
  }

  /**
   * A constant by its name, in capital letters or small ones, with {@code _} or {@code -}.
   *
   * @throws Refusal when there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, String option, String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
    }
    throw new Refusal(
        "FF-CLI-USAGE",
        option
            + " must be of "
            + Arrays.toString(type.getEnumConstants())
            + ", was \""
            + Plain.line(name)
            + "\"");
  }

  /** Constants by their names, with commas between them. */
  static <E extends Enum<E>> Set<E> constants(Class<E> type, String option, String names) {
    Set<E> wanted = EnumSet.noneOf(type);
    for (String name : names.split(",", -1)) {
      wanted.add(constant(type, option, name));
    }
    return wanted;
  }

  /**
   * A value that checks its own bounds.
   *
   * @throws Refusal with its words when they are not kept
   */
  static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException outOfBounds) {
      throw new Refusal("FF-CLI-USAGE", String.valueOf(outOfBounds.getMessage()));
    }
  }
}
