package io.flowforge.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Secret;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
  private static final BigDecimal WIDE = new BigDecimal(BigInteger.TEN.pow(99));

  @SuppressWarnings("JavaUtilDate") // actions may still return one
  static Stream<Arguments> kinds_with_a_plain_form() {
    return Stream.of(
        arguments(null, null),
        arguments("text \uD83D\uDE00", "text \uD83D\uDE00"),
        arguments((byte) 7, 7),
        arguments((short) 7, 7),
        arguments(7L, 7),
        arguments(1L << 40, 1L << 40),
        arguments(0.1f, 0.1),
        arguments(WIDE, WIDE.toBigInteger()),
        arguments(BigInteger.TEN, 10),
        arguments(BigInteger.TWO.pow(70), BigInteger.TWO.pow(70)),
        arguments(new BigDecimal("19.90"), 19.9),
        arguments(new BigDecimal("7"), 7),
        arguments(new BigDecimal("7.00"), 7.0),
        arguments(new BigDecimal("1E+3"), 1000.0),
        arguments(new BigDecimal("0.1234567890123456789"), new BigDecimal("0.1234567890123456789")),
        arguments(
            new BigDecimal("0.12345678901234567890"), new BigDecimal("0.1234567890123456789")),
        arguments(new AtomicInteger(7), 7),
        arguments(new AtomicBoolean(true), true),
        arguments(new AtomicReference<>("x"), "x"),
        arguments(new Fraction("0.25"), 0.25),
        arguments('c', "c"),
        arguments(CharBuffer.wrap("built"), "built"),
        arguments("chars".toCharArray(), "chars"),
        arguments(DayOfWeek.MONDAY, "MONDAY"),
        arguments(Instant.EPOCH, "1970-01-01T00:00:00Z"),
        arguments(LocalDate.of(2025, 1, 31), "2025-01-31"),
        arguments(Duration.ofSeconds(90), "PT1M30S"),
        arguments(new Date(0), "1970-01-01T00:00:00Z"),
        arguments(new UUID(0, 1), "00000000-0000-0000-0000-000000000001"),
        arguments(URI.create("https://a.example/"), "https://a.example/"),
        arguments(Path.of("a", "b"), Path.of("a", "b").toString()),
        arguments(Locale.GERMANY, "de-DE"),
        arguments(Optional.of(Optional.of(1)), 1),
        arguments(Optional.empty(), null),
        arguments(OptionalInt.of(3), 3),
        arguments(new byte[] {1, 2, 3}, "AQID"),
        arguments(ByteBuffer.wrap(new byte[] {1, 2, 3}), "AQID"),
        arguments(new int[] {1, 2}, List.of(1, 2)),
        arguments(new Object[] {"a", null}, Arrays.asList("a", null)),
        arguments(IntStream.range(0, 3), List.of(0, 1, 2)),
        arguments(Stream.of("a", "b").parallel(), List.of("a", "b")),
        arguments(List.of(1, 2).iterator(), List.of(1, 2)),
        arguments((Iterable<Integer>) () -> List.of(1).iterator(), List.of(1)),
        arguments(Map.entry("a", 1), Map.of("key", "a", "value", 1)),
        arguments(Map.of(1, "one"), Map.of("1", "one")),
        arguments(Map.of(DayOfWeek.MONDAY, 1), Map.of("MONDAY", 1)),
        arguments(new Point(1, null), mapOf("x", 1, "label", null)),
        arguments(new Bean(), Map.of("URL", "u", "name", "n", "open", true)),
        arguments(Map.of("@class", "java.util.HashSet"), Map.of("@class", "java.util.HashSet")));
  }

  @ParameterizedTest
  @MethodSource("kinds_with_a_plain_form")
  void gives_every_known_kind_its_plain_form(Object value, Object plain) {
    assertThat(Values.normalise(value)).isEqualTo(plain);
  }

  static Stream<Arguments> refused() {
    List<Object> itself = new ArrayList<>();
    itself.add(List.of(1));
    itself.add(itself);
    Map<String, Object> own = new HashMap<>();
    own.put("a", new ArrayList<>(List.of(own)));
    IdentityHashMap<Object, Object> twice = new IdentityHashMap<>();
    twice.put(1, "number");
    twice.put("1", "text");
    return Stream.of(
        arguments("FF-VALUE", "/a/1", Map.of("a", List.of(1, Double.NaN))),
        arguments("FF-VALUE", "", Float.POSITIVE_INFINITY),
        arguments("FF-VALUE", "", new Fraction("1/2")),
        arguments("FF-VALUE", "", new BigDecimal("1e309")),
        arguments("FF-VALUE", "", new BigDecimal("1e999999999")),
        arguments("FF-VALUE", "", BigInteger.TEN.pow(100)),
        arguments("FF-VALUE", "", BigInteger.TWO.pow(1_000_000)),
        arguments("FF-VALUE", "/t", Map.of("t", "half \uD83D")),
        arguments("FF-VALUE", "", Map.of("\uDE00", 1)),
        arguments("FF-VALUE", "/1", itself),
        arguments("FF-VALUE", "/a/0", own),
        arguments("FF-VALUE", null, new AtomicReference<>(itself)),
        arguments("FF-VALUE", null, new Endless()),
        arguments("FF-VALUE", "/a~1b~0", Map.of("a/b~", new Object())),
        arguments("FF-VALUE", "/f", Map.of("f", new CompletableFuture<>())),
        arguments("FF-VALUE", "", Thread.currentThread()),
        arguments("FF-VALUE", "", String.class),
        arguments("FF-VALUE", "", new IllegalStateException("x")),
        arguments("FF-VALUE", "", new ByteArrayInputStream(new byte[3])),
        arguments("FF-VALUE", "", (Supplier<String>) () -> "x"),
        arguments("FF-VALUE", "", mapOf(null, 1)),
        arguments("FF-VALUE", "", Map.of(List.of(1), 1)),
        arguments("FF-VALUE", "", twice),
        arguments("FF-VALUE", "/b", mapOf("b", (Iterable<Object>) ValuesTest::failing)),
        arguments("FF-VALUE-SECRET", "/p", Map.of("p", Secret.of("hunter2"))),
        arguments("FF-VALUE-SECRET", "/p", PlainMap.of("p", Secret.of("hunter2"))),
        arguments("FF-VALUE-SECRET", "/0/x", List.of(new Point(Secret.of("hunter2"), ""))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses_what_no_store_could_give_back(String code, String place, Object value) {
    assertThatThrownBy(() -> Values.normalise(value))
        .isInstanceOfSatisfying(
            FlowForgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).doesNotContain("hunter2").hasSizeLessThan(300);
              if (place != null) {
                assertThat(e.details()).contains(entry("place", place));
              }
            });
  }

  static Stream<Arguments> too_large() {
    return Stream.of(
        arguments(named("text", "x".repeat((1 << 20) + 1))),
        arguments(named("text in UTF-8", "\u20AC".repeat((1 << 20) / 3 + 1))),
        arguments(named("bytes", new byte[1 << 20])),
        arguments(named("tiny keys", tinyKeys())),
        arguments(named("endless stream", Stream.generate(() -> 1))),
        arguments(
            named("endless inner stream", Stream.of(1).flatMap(i -> Stream.generate(() -> i)))),
        arguments(named("endless numbers", IntStream.iterate(0, i -> i))),
        arguments(named("endless iterable", (Iterable<Integer>) ValuesTest::ones)),
        arguments(named("large array", new long[1 << 20])),
        arguments(named("one list many times", doubled(40))),
        arguments(named("one list many times, mutable", doubledMutable(40))));
  }

  @ParameterizedTest
  @MethodSource("too_large")
  void stops_counting_at_the_limit(Object value) {
    assertThatThrownBy(() -> Values.normalise(value))
        .isInstanceOfSatisfying(
            FlowForgeException.class, e -> assertThat(e.code()).isEqualTo("FF-VALUE-SIZE"));
  }

  @Test
  void takes_text_of_just_the_limit() {
    String text = "x".repeat(1 << 20);

    assertThat(Values.normalise(text)).isSameAs(text);
    assertThat(Values.size(text)).isEqualTo(1 << 20);
  }

  @Test
  void counts_to_the_limit_it_is_given() {
    assertThat(Values.normalise(List.of("abc"), 6)).isEqualTo(List.of("abc"));
    assertThatThrownBy(() -> Values.normalise(List.of("abcd"), 6))
        .hasMessageContaining("larger than 6 bytes");
  }

  @Test
  void gives_back_plain_values_as_they_are() {
    for (Object value :
        new Object[] {
          Map.of("v", 1),
          Map.of("a", 1, "b", List.of("x", 2.5, true, Map.of()), "c", Map.of("d", List.of())),
          List.of(),
          Collections.emptyMap(),
          Collections.singletonList(null),
          PlainMap.of("a", PlainList.of(1, null)),
          Stream.of("a", null).toList()
        }) {
      assertThat(Values.normalise(value)).isSameAs(value);
      assertThat(Values.isPlain(value)).isTrue();
    }
  }

  @Test
  void copies_what_somebody_could_still_change() {
    List<Object> inner = new ArrayList<>(List.of(1));
    Map<String, Object> changing = new LinkedHashMap<>();
    changing.put("z", inner);
    changing.put("a", Collections.unmodifiableList(inner));
    changing.put("p", PlainMap.of("q", inner));

    Object plain = Values.normalise(changing);
    inner.add(2);
    changing.clear();

    assertThat(plain)
        .isEqualTo(Map.of("z", List.of(1), "a", List.of(1), "p", Map.of("q", List.of(1))));
    assertThat(((Map<?, ?>) plain).keySet().stream().map(String::valueOf))
        .containsExactly("z", "a", "p");
  }

  @Test
  void is_at_most_64_levels_deep() {
    assertThat(Values.normalise(nested(64, false))).isEqualTo(nested(64, false));
    assertThat(Values.normalise(nested(64, true))).isEqualTo(nested(64, false));
    for (boolean mutable : new boolean[] {true, false}) {
      assertThatThrownBy(() -> Values.normalise(nested(65, mutable)))
          .hasMessageContaining("deeper than 64");
      assertThatThrownBy(() -> Values.normalise(nested(100_000, mutable)))
          .hasMessageContaining("deeper than 64");
    }
  }

  @Test
  void remembers_no_depth_that_belongs_to_what_is_around() {
    Object inner = PlainMap.of("a", PlainMap.of("b", 1));
    Object around = inner;
    for (int i = 0; i < 63; i++) {
      around = PlainList.of(around);
    }
    Object tooDeep = around;

    assertThatThrownBy(() -> Values.normalise(tooDeep)).hasMessageContaining("deeper than 64");
    assertThat(Values.normalise(inner)).isSameAs(inner);
    assertThatThrownBy(() -> Values.normalise(tooDeep)).hasMessageContaining("deeper than 64");
  }

  @Test
  void names_the_class_that_has_no_plain_form() {
    assertThatThrownBy(() -> Values.normalise(Map.of("a", List.of(new Object()))))
        .hasMessage(
            "value at \"/a/0\" is a java.lang.Object, which has no plain form; return maps, lists,"
                + " texts, numbers, booleans, records, or beans with public getters");
  }

  @Test
  void closes_a_stream_it_has_read() {
    AtomicBoolean closed = new AtomicBoolean();

    Values.normalise(Stream.of(1).onClose(() -> closed.set(true)));

    assertThat(closed).isTrue();
  }

  @Test
  void counts_the_same_before_and_after_a_copy() {
    Map<String, Object> value = new TreeMap<>(Map.of("a", List.of("xyz", 1, true), "b", Map.of()));

    Object plain = Values.normalise(value);

    assertThat(Values.size(plain))
        .isEqualTo(Values.size(Map.of("a", List.of("xyz", 1, true), "b", Map.of())));
  }

  private static Iterator<Object> failing() {
    throw new IllegalStateException("closed");
  }

  private static Iterator<Integer> ones() {
    return IntStream.iterate(1, i -> 1).iterator();
  }

  private static Map<String, Object> tinyKeys() {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < 1_000_000; i++) {
      map.put(Integer.toString(i, 36), null);
    }
    return map;
  }

  private static Object doubled(int times) {
    Object value = List.of("x");
    for (int i = 0; i < times; i++) {
      value = PlainList.of(value, value);
    }
    return value;
  }

  private static Object doubledMutable(int times) {
    Object value = new ArrayList<>(List.of("x"));
    for (int i = 0; i < times; i++) {
      value = new ArrayList<>(Arrays.asList(value, value));
    }
    return value;
  }

  private static Object nested(int levels, boolean mutable) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = mutable ? new ArrayList<>(Arrays.asList(value)) : List.of(value);
    }
    return value;
  }

  private static Map<String, Object> mapOf(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private record Point(Object x, Object label) {}

  /** A bean as they are common. */
  public static final class Bean {
    public String getName() {
      return "n";
    }

    public String getURL() {
      return "u";
    }

    public boolean isOpen() {
      return true;
    }

    public String get() {
      return "no property";
    }

    public String getting() {
      return "no property";
    }

    public static String getShared() {
      return "of the class";
    }
  }

  /** Has always more in it. */
  public static final class Endless {
    public Endless getNext() {
      return new Endless();
    }

    public Endless getOther() {
      return new Endless();
    }
  }

  private static final class Fraction extends Number {
    private static final long serialVersionUID = 1L;
    private final String text;

    Fraction(String text) {
      this.text = text;
    }

    @Override
    public int intValue() {
      return 0;
    }

    @Override
    public long longValue() {
      return 0;
    }

    @Override
    public float floatValue() {
      return 0;
    }

    @Override
    public double doubleValue() {
      return 0;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
