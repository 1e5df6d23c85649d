package io.flowforge.campaign.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON: maps in order, lists, texts, BigDecimals, Booleans and null. */
final class JsonText {
  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value();
    reader.space();
    if (reader.at != text.length()) {
      throw new IllegalStateException("more behind the end of " + text);
    }
    return value;
  }

  /** A list of maps. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> entries(String text) {
    return (List<Map<String, Object>>) read(text);
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private @Nullable Object value() {
    space();
    return switch (text.charAt(at)) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    expect(word);
    return value;
  }

  private void expect(String word) {
    if (!text.startsWith(word, at)) {
      throw new IllegalStateException("no " + word + " at " + at + " of " + text);
    }
    at += word.length();
  }

  private BigDecimal number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return new BigDecimal(text.substring(from, at)).stripTrailingZeros();
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    expect("{");
    space();
    while (text.charAt(at) != '}') {
      String key = string();
      space();
      expect(":");
      map.put(key, value());
      comma('}');
    }
    at++;
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect("[");
    space();
    while (text.charAt(at) != ']') {
      list.add(value());
      comma(']');
    }
    at++;
    return list;
  }

  private void comma(char end) {
    space();
    if (text.charAt(at) != end) {
      expect(",");
      space();
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    expect("\"");
    while (text.charAt(at) != '"') {
      char next = text.charAt(at++);
      string.append(next == '\\' ? escaped() : next);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char next = text.charAt(at++);
    return switch (next) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unit();
      default -> next;
    };
  }

  private char unit() {
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }
}
