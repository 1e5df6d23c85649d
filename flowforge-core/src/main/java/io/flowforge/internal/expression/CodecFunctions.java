package io.flowforge.internal.expression;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Functions between text and its encodings; bytes of text are UTF-8. */
final class CodecFunctions {

  private static final String UNRESERVED = "-._~";

  private CodecFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "toJson(value)",
            "The value as JSON text.",
            a -> {
              TextBuilder text = new TextBuilder(a.frame());
              new JsonText(a.frame(), text).write(a.value(0));
              return text.toString();
            }),
        Function.of(
            "fromJson(text)",
            "The value that a JSON text holds.",
            a -> new JsonParser(a, a.text(0)).document()),
        Function.of(
            "base64Encode(text)",
            "The text in Base64.",
            a -> built(a, Base64.getEncoder().encodeToString(bytes(a)))),
        Function.of(
            "base64UrlEncode(text)",
            "The text in the Base64 of URLs, without padding.",
            a -> built(a, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(a)))),
        Function.of(
            "base64Decode(text)",
            "The text that a Base64 of either kind holds.",
            CodecFunctions::decodeBase64),
        Function.of(
            "urlEncode(text)",
            "Written so that it can be one part of a URL.",
            a -> encodeUrl(a.frame(), a.text(0))),
        Function.of("urlDecode(text)", "With `%` escapes read.", CodecFunctions::decodeUrl),
        Function.of(
            "urlQuery(map)",
            "The entries as the query of a URL, nulls left out.",
            CodecFunctions::query));
  }

  private static byte[] bytes(Arguments arguments) {
    return arguments.text(0).getBytes(StandardCharsets.UTF_8);
  }

  private static String built(Arguments arguments, String text) {
    return new TextBuilder(arguments.frame()).append(text).toString();
  }

  private static Object decodeBase64(Arguments arguments) {
    String text = arguments.text(0).strip().replace('-', '+').replace('_', '/');
    try {
      return utf8(arguments, Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw arguments.wrongValue("\"" + Described.text(text) + "\" is no Base64");
    }
  }

  private static String utf8(Arguments arguments, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return built(arguments, text);
    } catch (CharacterCodingException e) {
      throw arguments.wrongValue("the bytes are no UTF-8 text");
    }
  }

  private static String encodeUrl(Frame frame, String text) {
    TextBuilder encoded = new TextBuilder(frame);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }

  private static Object decodeUrl(Arguments arguments) {
    byte[] text = bytes(arguments);
    ByteBuffer decoded = ByteBuffer.allocate(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '%') {
        decoded.put(text[i]);
        continue;
      }
      int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
      int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw arguments.wrongValue("a % is not followed by two hexadecimal digits");
      }
      decoded.put((byte) (high * 16 + low));
      i += 2;
    }
    byte[] bytes = new byte[decoded.position()];
    decoded.flip().get(bytes);
    return utf8(arguments, bytes);
  }

  private static Object query(Arguments arguments) {
    TextBuilder query = new TextBuilder(arguments.frame());
    String separator = "";
    for (Map.Entry<?, ?> entry : arguments.map(0).entrySet()) {
      Iterable<?> values = entry.getValue() instanceof List<?> list ? list : List.of();
      if (!(entry.getValue() instanceof List) && entry.getValue() != null) {
        values = List.of(entry.getValue());
      }
      for (Object value : values) {
        arguments.frame().step(1);
        String text = ValueFunctions.text(arguments.frame(), value);
        query
            .append(separator)
            .append(encodeUrl(arguments.frame(), String.valueOf(entry.getKey())));
        query.append('=').append(encodeUrl(arguments.frame(), text));
        separator = "&";
      }
    }
    return query.toString();
  }
}
