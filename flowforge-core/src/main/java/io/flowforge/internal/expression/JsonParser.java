package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly (RFC 8259): no duplicate keys, nothing behind the value, at most 64 deep,
 * numbers of at most 100 digits and exponents within 308.
 */
final class JsonParser {

  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 100;

  private final Arguments arguments;
  private final String text;
  private int at;

  JsonParser(Arguments arguments, String text) {
    this.arguments = arguments;
    this.text = text;
  }

  @Nullable Object document() {
    Object value = value(0);
    if (peek() != '\0' || at < text.length()) {
      throw wrong("has text behind its value");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    arguments.frame().step(1);
    if (depth > DEEPEST) {
      throw wrong("is nested deeper than " + DEEPEST);
    }
    char c = peek();
    return switch (c) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("has an unknown word");
    }
    at += word.length();
    return value;
  }

  private Object map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    if (peek() == '}') {
      at++;
      return finished(map);
    }
    do {
      if (peek() != '"') {
        throw wrong("misses a key");
      }
      String key = string();
      if (map.containsKey(key)) {
        throw wrong("has the key \"" + Described.text(key) + "\" twice");
      }
      expect(':');
      map.put(key, value(depth + 1));
    } while (more('}'));
    return finished(map);
  }

  private Object finished(Map<String, @Nullable Object> map) {
    return MapFunctions.result(arguments, map);
  }

  private Object list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    if (peek() == ']') {
      at++;
    } else {
      do {
        list.add(value(depth + 1));
      } while (more(']'));
    }
    arguments.frame().growList(list.size());
    return Collections.unmodifiableList(list);
  }

  private boolean more(char close) {
    char c = peek();
    if (c != close && c != ',') {
      throw wrong("misses a comma or " + close);
    }
    at++;
    return c == ',';
  }

  private String string() {
    TextBuilder string = new TextBuilder(arguments.frame());
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong("has a control character in a string");
      }
      if (c == '\\') {
        string.append(text.substring(start, at - 1)).append(escape());
        start = at;
      }
    }
    if (at >= text.length()) {
      throw wrong("has a string that is not closed");
    }
    return string.append(text.substring(start, at++)).toString();
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw wrong("has an unknown escape");
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw wrong("has an unknown escape");
      }
      unit = unit * 16 + digit;
    }
    return (char) unit;
  }

  private Number number() {
    int start = at;
    skip('-');
    int whole = at;
    digits();
    boolean leadingZero = at - whole > 1 && text.charAt(whole) == '0';
    boolean decimal = skip('.');
    if (decimal) {
      digits();
    }
    if (skip('e') || skip('E')) {
      decimal = true;
      boolean ignored = skip('+') || skip('-');
      digits();
    }
    String number = text.substring(start, at);
    if (leadingZero || number.length() > LONGEST_NUMBER) {
      throw wrong("has a number that begins with 0 or is too long");
    }
    try {
      return decimal ? Numbers.canonical(new BigDecimal(number)) : integer(new BigInteger(number));
    } catch (NumberFormatException e) {
      throw wrong("has a number whose exponent is out of range");
    }
  }

  private static Number integer(BigInteger number) {
    return number.bitLength() > 63 ? number : Numbers.narrow(number.longValue());
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("has no value where one is expected");
    }
  }

  private boolean skip(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("misses a " + c);
    }
    at++;
  }

  /** The next character that is no white space, NUL at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private ExpressionException wrong(String why) {
    return arguments.wrongValue("the JSON text " + why + " at character " + (at + 1));
  }
}
