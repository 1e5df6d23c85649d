package io.flowforge.actions.file;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path relative to the root that means the same file on every system, or none.
 *
 * @param text as written
 * @param names folders and at last the file
 */
record SafePath(String text, List<String> names) {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_BYTES = 255;

  /** Not at the start: dots (hidden, upwards), dashes (options). Not at the end: dots, spaces. */
  private static final Pattern NAME =
      Pattern.compile(
          "[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N} _.,+=@()-]*[\\p{L}\\p{M}\\p{N}_,+=@()-])?");

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(?:con|prn|aux|nul|com\\d|lpt\\d|conin\\$|conout\\$)(?:\\..*)?");

  static SafePath of(String text) {
    List<String> names = List.of(text.split("/", -1));
    if (names.size() > MAX_DEPTH) {
      throw refused(text, "may go through at most " + MAX_DEPTH + " folders");
    }
    for (String name : names) {
      check(text, name);
    }
    return new SafePath(text, names);
  }

  private static void check(String text, String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          text,
          "must be relative to the root folder and made of names of letters, digits, spaces and"
              + " _.,+=@()- that begin with a letter, digit or _ and do not end with a dot or space");
    }
    if (DEVICE.matcher(name).matches()) {
      throw refused(text, "must not hold the name of a device");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw refused(text, "must be made of names of at most " + MAX_BYTES + " bytes");
    }
  }

  List<String> folders() {
    return names.subList(0, names.size() - 1);
  }

  String file() {
    return names.get(names.size() - 1);
  }

  private static ActionException refused(String text, String rule) {
    return ActionException.permanent(
        "FF-FILE-PATH", "path " + rule + ", was " + Shown.value(text) + '.');
  }

  @Override
  public String toString() {
    return Shown.value(text);
  }
}
