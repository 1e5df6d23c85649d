package io.flowforge.execution;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.document.ReadRules;
import io.flowforge.internal.document.Values;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Plain values as JSON text and back, as strictly as the engine reads everything.
 *
 * <pre>{@code
 * Object value = Json.parse("{\"total\": 12.5}");   // Map.of("total", 12.5)
 * String text = Json.write(value);                  // {"total":12.5}
 * }</pre>
 *
 * <p><b>Reading.</b> Objects become maps in document order, arrays lists (both unmodifiable),
 * numbers without fraction and exponent the smallest of {@code Integer}, {@code Long} and {@code
 * BigInteger} that holds them, other numbers {@code Double} when that has exactly the written value
 * and else {@code BigDecimal}. Refused are, beside all that is not JSON: duplicate keys, text after
 * the end, half surrogate pairs (all three as in RFC 7493), encodings other than UTF-8, numbers of
 * more than 100 digits or an exponent beyond ±308, and whatever exceeds the {@link Limits}.
 *
 * <p><b>Writing.</b> Takes maps with text keys, collections, text, numbers, booleans and null, and
 * beside these plain values {@code Instant} (ISO-8601 in UTC with six digits of fraction), {@code
 * Duration} (ISO-8601) and enum constants (by name). Equal values give equal text, on every JDK.
 *
 * <p>Thread-safe.
 */
public final class Json {
  private Json() {}

  /**
   * Bounds of what is read.
   *
   * @param bytes longest text; at least 1
   * @param depth deepest nesting of objects and arrays; 1 to 1,000
   * @param string longest key or string in characters; at least 1
   */
  public record Limits(long bytes, int depth, int string) {
    /** 16 MiB, 64 levels, strings of 1 Mi characters. */
    public static final Limits DEFAULT = new Limits(16L << 20, 64, 1 << 20);

    /** Checks the bounds. */
    public Limits {
      if (bytes < 1 || depth < 1 || depth > 1000 || string < 1) {
        throw new IllegalArgumentException(
            "limits must be at least 1 and depth at most 1000, was "
                + bytes
                + ", "
                + depth
                + ", "
                + string);
      }
    }
  }

  /**
   * Reads a text with the default limits.
   *
   * @param text one JSON value
   * @return the plain value
   * @throws FlowForgeException with a code {@code FF-JSON-…} and the place in the message
   */
  public static @Nullable Object parse(String text) {
    return parse(text, Limits.DEFAULT);
  }

  /**
   * Reads a text.
   *
   * @param text one JSON value
   * @param limits bounds of what is read
   * @return the plain value
   * @throws FlowForgeException with a code {@code FF-JSON-…} and the place in the message
   */
  public static @Nullable Object parse(String text, Limits limits) {
    return Values.parse(text, rules(limits));
  }

  /**
   * Reads bytes with the default limits.
   *
   * @param utf8 one JSON value in UTF-8; a byte order mark is skipped
   * @return the plain value
   * @throws FlowForgeException with a code {@code FF-JSON-…} and the place in the message
   */
  public static @Nullable Object parse(byte[] utf8) {
    return parse(utf8, Limits.DEFAULT);
  }

  /**
   * Reads bytes.
   *
   * @param utf8 one JSON value in UTF-8; a byte order mark is skipped
   * @param limits bounds of what is read
   * @return the plain value
   * @throws FlowForgeException with a code {@code FF-JSON-…} and the place in the message
   */
  public static @Nullable Object parse(byte[] utf8, Limits limits) {
    return Values.parse(utf8, rules(limits));
  }

  /**
   * Writes a value on one line.
   *
   * @param value the value
   * @return JSON text without white space
   * @throws FlowForgeException {@code FF-JSON-VALUE} when it holds what JSON has no form for,
   *     {@code FF-JSON-DEPTH} when it is nested deeper than 512 levels or holds itself
   */
  public static String write(@Nullable Object value) {
    return Values.write(value);
  }

  /**
   * Writes a value for people: a line per element, two blanks per level.
   *
   * @param value the value
   * @return JSON text without a line end behind it
   * @throws FlowForgeException as {@link #write}
   */
  public static String writePretty(@Nullable Object value) {
    return Values.writePretty(value);
  }

  /**
   * Writes a value as bytes.
   *
   * @param value the value
   * @return JSON text without white space, in UTF-8
   * @throws FlowForgeException as {@link #write}
   */
  public static byte[] bytes(@Nullable Object value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static ReadRules rules(Limits limits) {
    return ReadRules.values(limits.bytes(), limits.depth(), limits.string());
  }
}
