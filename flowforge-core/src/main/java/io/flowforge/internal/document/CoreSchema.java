package io.flowforge.internal.document;

import java.util.regex.Pattern;

/**
 * What a plain scalar means in the core schema of YAML 1.2.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#103-core-schema">YAML 1.2.2, 10.3</a>
 */
final class CoreSchema {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private CoreSchema() {}

  enum Kind {
    NULL,
    TRUE,
    FALSE,
    WHOLE,
    OCTAL,
    HEXADECIMAL,
    DECIMAL,
    NOT_FINITE,
    TEXT
  }

  static Kind kind(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Kind.NULL;
      case "true", "True", "TRUE" -> Kind.TRUE;
      case "false", "False", "FALSE" -> Kind.FALSE;
      default -> mayBeNumber(text.charAt(0)) ? number(text) : Kind.TEXT;
    };
  }

  private static boolean mayBeNumber(char first) {
    return first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
  }

  private static Kind number(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Kind.WHOLE;
    }
    if (DECIMAL.matcher(text).matches()) {
      return Kind.DECIMAL;
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return Kind.HEXADECIMAL;
    }
    if (OCTAL.matcher(text).matches()) {
      return Kind.OCTAL;
    }
    return NOT_FINITE.matcher(text).matches() ? Kind.NOT_FINITE : Kind.TEXT;
  }
}
