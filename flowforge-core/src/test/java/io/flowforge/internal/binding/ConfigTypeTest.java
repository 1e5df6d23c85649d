package io.flowforge.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.ItemExpression;
import io.flowforge.spi.Key;
import io.flowforge.spi.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTypeTest {
  private static final Predicate<Object> WHOLE = ConfigTypeTest::isTemplate;

  private enum Mode {
    FAIL_FAST,
    LIST
  }

  private record Auth(String user, Secret password) {}

  @Doc("Sends a thing.")
  private record Config(
      @Doc("Where to send it.") URI url,
      @Default("fail-fast") Mode mode,
      @Default("3") @Range(min = 1, max = 10) int maxAttempts,
      @Default("5s") Duration timeout,
      @Nullable Auth auth,
      Optional<String> note,
      @Default("{}") Map<String, String> headers,
      @Default("[]") List<Integer> codes,
      @Nullable Object body) {}

  private record Kinds(
      @Nullable String text,
      @Nullable Boolean flag,
      @Nullable Integer whole,
      @Nullable Long large,
      @Nullable Double real,
      @Nullable BigDecimal exact,
      @Nullable BigInteger huge,
      @Nullable Number number,
      @Nullable Instant time,
      @Nullable LocalDate date,
      @Nullable ZoneId zone,
      @Nullable UUID id,
      @Nullable Mode mode,
      @Nullable Duration duration,
      @Nullable List<?> list,
      @Nullable Map<String, Map<String, List<Long>>> nested,
      @Nullable List<@Nullable String> holes) {}

  private static final ConfigType<Config> CONFIG = ConfigType.of(Config.class);
  private static final ConfigType<Kinds> KINDS = ConfigType.of(Kinds.class);

  private static boolean isTemplate(Object value) {
    return value instanceof String text && text.startsWith("${") && text.endsWith("}");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) {
    return (Map<String, Object>) Json.parse(text.replace('\'', '"'));
  }

  @Test
  void binds_defaults_where_nothing_is_given() {
    Config config = CONFIG.bind(json("{'url': 'https://a.example'}"));

    assertThat(config)
        .isEqualTo(
            new Config(
                URI.create("https://a.example"),
                Mode.FAIL_FAST,
                3,
                Duration.ofSeconds(5),
                null,
                Optional.empty(),
                Map.of(),
                List.of(),
                null));
  }

  @Test
  void binds_all_that_is_given() {
    Map<String, Object> raw =
        json(
            "{'url': '/x', 'mode': 'LIST', 'max_attempts': 5.0, 'timeout': 'PT1M', 'note': 'n',"
                + " 'headers': {'a': 'b'}, 'codes': [1, 2.0], 'body': [null]}");

    Config config = CONFIG.bind(raw);

    assertThat(config.mode()).isEqualTo(Mode.LIST);
    assertThat(config.maxAttempts()).isEqualTo(5);
    assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.note()).contains("n");
    assertThat(config.codes()).containsExactly(1, 2);
    assertThat(config.body()).isSameAs(raw.get("body"));
  }

  @Test
  void binds_credentials_without_showing_them() {
    Secret secret = Secret.of("hunter2");

    Config config =
        CONFIG.bind(Map.of("url", "x", "auth", Map.of("user", "u", "password", secret)));

    assertThat(config.auth().password()).isSameAs(secret);
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  static Stream<Arguments> values_that_fit() {
    return Stream.of(
        arguments("text", "'5'", "5"),
        arguments("flag", "true", true),
        arguments("whole", "5.0", 5),
        arguments("whole", "-2147483648", Integer.MIN_VALUE),
        arguments("whole", "1e3", 1000),
        arguments("large", "5", 5L),
        arguments("large", "9223372036854775807", Long.MAX_VALUE),
        arguments("real", "5", 5.0),
        arguments("real", "0.1", 0.1),
        arguments("exact", "0.1", new BigDecimal("0.1")),
        arguments("exact", "7", new BigDecimal("7")),
        arguments("huge", "7", BigInteger.valueOf(7)),
        arguments(
            "huge",
            "123456789012345678901234567890",
            new BigInteger("123456789012345678901234567890")),
        arguments("number", "2.5", 2.5),
        arguments("time", "'2026-01-31T09:00:00+01:00'", Instant.parse("2026-01-31T08:00:00Z")),
        arguments("date", "'2026-01-31'", LocalDate.of(2026, 1, 31)),
        arguments("zone", "'Europe/Paris'", ZoneId.of("Europe/Paris")),
        arguments("id", "'00000000-0000-0000-0000-000000000001'", new UUID(0, 1)),
        arguments("mode", "'fail-fast'", Mode.FAIL_FAST),
        arguments("mode", "'fail_fast'", Mode.FAIL_FAST),
        arguments("mode", "'FAIL_FAST'", Mode.FAIL_FAST),
        arguments("duration", "'250ms'", Duration.ofMillis(250)),
        arguments("list", "[1, 'a', null, {}]", Json.parse("[1, \"a\", null, {}]")),
        arguments("nested", "{'a': {'b': [1, 2]}}", Map.of("a", Map.of("b", List.of(1L, 2L)))),
        arguments("holes", "['a', null]", Json.parse("[\"a\", null]")),
        arguments("text", "null", null));
  }

  @ParameterizedTest
  @MethodSource("values_that_fit")
  void converts_values_that_fit(String key, String json, Object expected) throws Exception {
    Map<String, Object> raw = json("{'" + key + "': " + json + "}");

    assertThat(KINDS.check(raw, WHOLE)).isEmpty();
    assertThat(Kinds.class.getDeclaredMethod(key).invoke(KINDS.bind(raw))).isEqualTo(expected);
  }

  /** Rows 13 to 16 of the table of bad definitions. */
  static Stream<Arguments> configs_that_do_not_fit() {
    return Stream.of(
        arguments("{}", "", "\"url\" is missing; it must be a URI (Where to send it.)"),
        arguments("{'url': null}", "", "\"url\" is missing"),
        arguments("{'url': 'x', 'haeders': {}}", "/haeders", "Did you mean \"headers\"?"),
        arguments("{'url': 'x', '__proto__': {}}", "/__proto__", "unknown key \"__proto__\""),
        arguments("{'url': 'x', 'constructor': 1}", "/constructor", "unknown key"),
        arguments("{'url': 'x', 'class': 'java.lang.Runtime'}", "/class", "unknown key"),
        arguments("{'url': 'x', 'hashCode': 1}", "/hashCode", "unknown key"),
        arguments("{'url': 'x', '@class': 'java.net.URL'}", "/@class", "unknown key"),
        arguments("{'url': 'x', '$ref': '#/a'}", "/$ref", "unknown key"),
        arguments("{'url': ['java.util.HashSet', []]}", "/url", "must be a URI, was a list of 2"),
        arguments("{'url': 'a b'}", "/url", "\"url\" must be a URI, was \"a b\""),
        arguments("{'url': 'x', 'mode': 'lst'}", "/mode", "Did you mean \"list\"?"),
        arguments(
            "{'url': 'x', 'mode': 1}", "/mode", "must be one of \"fail-fast\", \"list\", was 1"),
        arguments("{'url': 'x', 'maxAttempts': '5'}", "/maxAttempts", "a whole number, was \"5\""),
        arguments("{'url': 'x', 'maxAttempts': 2.5}", "/maxAttempts", "a whole number, was 2.5"),
        arguments("{'url': 'x', 'max_attempts': 0}", "/max_attempts", "between 1 and 10, was 0"),
        arguments("{'url': 'x', 'maxAttempts': 11}", "/maxAttempts", "between 1 and 10, was 11"),
        arguments("{'url': 'x', 'maxAttempts': -1}", "/maxAttempts", "between 1 and 10, was -1"),
        arguments("{'url': 'x', 'maxAttempts': 2147483648}", "/maxAttempts", "2147483647, was"),
        arguments("{'url': 'x', 'maxAttempts': 1e300}", "/maxAttempts", "smaller than 2^63"),
        arguments("{'url': 'x', 'maxAttempts': 3, 'max_attempts': 4}", "/max_attempts", "twice"),
        arguments("{'url': 'x', 'timeout': 5}", "/timeout", "must be a duration of at most 3650d"),
        arguments("{'url': 'x', 'timeout': 'soon'}", "/timeout", "was \"soon\""),
        arguments("{'url': 'x', 'timeout': '-5s'}", "/timeout", "was \"-5s\""),
        arguments("{'url': 'x', 'timeout': 'P1000000000Y'}", "/timeout", "P1000000000Y"),
        arguments("{'url': 'x', 'timeout': 'PT99999999999999H'}", "/timeout", "must be a duration"),
        arguments("{'url': 'x', 'timeout': '3650000d'}", "/timeout", "at most 3650d"),
        arguments("{'url': 'x', 'auth': 'me'}", "/auth", "must be an object, was \"me\""),
        arguments("{'url': 'x', 'auth': {'user': 'u'}}", "/auth", "\"password\" is missing"),
        arguments("{'url': 'x', 'auth': {'user': 1, 'password': '${c}'}}", "/auth/user", "text"),
        arguments("{'url': 'x', 'headers': {'a/b': 1}}", "/headers/a~1b", "must be text, was 1"),
        arguments("{'url': 'x', 'headers': {'a': null}}", "/headers/a", "must be text, was null"),
        arguments("{'url': 'x', 'headers': []}", "/headers", "must be an object"),
        arguments("{'url': 'x', 'codes': 1}", "/codes", "must be a list, was 1"),
        arguments("{'url': 'x', 'codes': [1, '2']}", "/codes/1", "whole number, was \"2\""),
        arguments("{'url': 'x', 'codes': [null]}", "/codes/0", "whole number, was null"),
        arguments("{'url': 'x', 'maxAttempts': 'a${n}'}", "/maxAttempts", "a whole number, was"),
        arguments("{'url': 'x', 'note': 1}", "/note", "must be text, was 1"),
        arguments("{'url': 'x', 'mode': 'x\u202Ey'}", "/mode", "\"x\\u202ey\""));
  }

  @ParameterizedTest
  @MethodSource("configs_that_do_not_fit")
  void names_the_place_of_what_does_not_fit(String json, String path, String message) {
    assertThat(CONFIG.check(json(json), WHOLE))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("FF-DEF-CONFIG");
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(message).doesNotContain("java.");
            });
  }

  @Test
  void names_all_problems_at_once() {
    List<ConfigProblem> problems =
        CONFIG.check(json("{'mode': 'x', 'codes': ['a', 'b'], 'zzz': 1}"), WHOLE);

    assertThat(problems)
        .extracting(ConfigProblem::path)
        .containsExactly("", "/mode", "/codes/0", "/codes/1", "/zzz");
  }

  @Test
  void fails_at_run_time_with_the_same_words() {
    Map<String, Object> resolved = json("{'timeout': 5, 'codes': ['a']}");

    assertThatThrownBy(() -> CONFIG.bind(resolved))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e.code()).isEqualTo("FF-CONFIG");
              assertThat(e.problems())
                  .extracting(ConfigProblem::path)
                  .containsExactly("", "/timeout", "/codes/0");
              assertThat(e).hasMessageContaining("must be a duration");
            });
  }

  @Test
  void takes_a_whole_template_for_any_value_and_a_part_for_text() {
    assertThat(
            CONFIG.check(
                json(
                    "{'url': 'https://${h}/', 'mode': '${m}', 'maxAttempts': '${n}',"
                        + " 'timeout': '${n}s', 'auth': '${a}', 'note': 'a ${b}',"
                        + " 'headers': {'x': '${x}'}, 'codes': ['${c}'], 'body': {'y': '${y}'}}"),
                WHOLE))
        .isEmpty();
  }

  @Test
  void takes_text_with_a_template_for_itself_once_it_runs() {
    assertThatThrownBy(() -> CONFIG.bind(json("{'url': 'x', 'mode': '${m}'}")))
        .hasMessageContaining("must be one of \"fail-fast\", \"list\", was \"${m}\"");
    assertThat(CONFIG.bind(json("{'url': 'x', 'note': '${m}'}")).note()).contains("${m}");
  }

  @Test
  void refuses_a_secret_in_a_document_and_does_not_repeat_it() {
    Map<String, Object> raw = json("{'url': 'x', 'auth': {'user': 'u', 'password': 'hunter2'}}");

    assertThat(CONFIG.check(raw, WHOLE))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("/auth/password");
              assertThat(problem.message())
                  .contains("${credentials.NAME}")
                  .doesNotContain("hunter2");
            });
  }

  @Test
  void renames_keys_in_snake_case() {
    Map<String, Object> raw = json("{'url': 'x', 'max_attempts': 3}");
    Map<String, Object> canonical = json("{'url': 'x', 'maxAttempts': 3}");

    assertThat(CONFIG.canonical(raw)).isEqualTo(canonical);
    assertThat(CONFIG.canonical(canonical)).isSameAs(canonical);
  }

  @SuppressWarnings("UnusedMethod") // its constructor is called by reflection
  private record Checked(@Range(min = 1) int from, @Range(max = 3) String to) {
    Checked {
      if (from > 10) {
        throw new IllegalArgumentException("from must be at most 10, was " + from);
      }
      if (to.equals("npe")) {
        throw new IllegalStateException("broken");
      }
    }
  }

  @Test
  void asks_the_record_itself_when_nothing_is_left_open() {
    ConfigType<Checked> type = ConfigType.of(Checked.class);

    assertThat(type.check(json("{'from': 11, 'to': 'x'}"), WHOLE))
        .extracting(ConfigProblem::message)
        .containsExactly("config is refused: from must be at most 10, was 11");
    assertThat(type.check(json("{'from': 11, 'to': '${x}'}"), WHOLE)).isEmpty();
    assertThat(type.check(json("{'from': 0, 'to': 'long'}"), WHOLE))
        .extracting(ConfigProblem::message)
        .containsExactly(
            "\"from\" must be at least 1, was 0", "\"to\" must have at most 3 characters, has 4");
    assertThatThrownBy(() -> type.bind(json("{'from': 1, 'to': 'npe'}")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("config is refused by its record, which failed on it");
  }

  private record Filter(List<?> items, ItemExpression where) {}

  @Test
  void passes_expressions_on_as_the_planner_has_compiled_them() {
    ConfigType<Filter> type = ConfigType.of(Filter.class);
    ItemExpression compiled =
        new ItemExpression() {
          @Override
          public Object evaluate(Object item, int index) {
            return true;
          }

          @Override
          public boolean test(Object item, int index) {
            return true;
          }

          @Override
          public String source() {
            return "true";
          }
        };

    assertThat(type.expressions(json("{'items': [], 'where': 'item > 1'}")))
        .isEqualTo(Map.of(List.of("where"), "item > 1"));
    assertThat(type.check(json("{'items': [], 'where': 'item > 1'}"), WHOLE)).isEmpty();
    assertThat(type.check(json("{'items': [], 'where': 1}"), WHOLE)).hasSize(1);
    assertThat(type.bind(Map.of("items", List.of(), "where", compiled)).where()).isSameAs(compiled);
    assertThatThrownBy(() -> type.bind(json("{'items': [], 'where': 'item > 1'}")))
        .hasMessageContaining("must be an expression");
  }

  @Test
  void leaves_an_open_config_alone() {
    ConfigType<Map<String, Object>> type = open();
    Map<String, Object> raw = json("{'any': [1]}");

    assertThat(type.isOpen()).isTrue();
    assertThat(type.check(raw, WHOLE)).isEmpty();
    assertThat(type.bind(raw)).isSameAs(raw);
    assertThat(type.expressions(raw)).isEmpty();
    assertThat(type.jsonSchema()).containsEntry("type", "object").hasSize(2);
  }

  @SuppressWarnings("unchecked")
  private static ConfigType<Map<String, Object>> open() {
    return ConfigType.of((Class<Map<String, Object>>) (Class<?>) Map.class);
  }

  private sealed interface Choice permits One {}

  private record One(String a) implements Choice {}

  private record OfChoice(Choice choice) {}

  private record OfThread(Map<String, Thread> threads) {}

  private record OfItself(List<OfItself> children) {}

  private record OfNumberedKeys(Map<Integer, String> map) {}

  private record BadDefault(@Default("ten") int count) {}

  private record DefaultOutOfRange(@Default("0") @Range(min = 1) int count) {}

  private record BoundedFlag(@Range(min = 1) boolean flag) {}

  private record OfVariable<T>(T value) {}

  static Stream<Arguments> records_that_cannot_be_read() {
    return Stream.of(
        arguments(OfChoice.class, "OfChoice.choice: no config value can be made a"),
        arguments(
            OfThread.class, "OfThread.threads: no config value can be made a java.lang.Thread"),
        arguments(OfItself.class, "contains itself"),
        arguments(OfNumberedKeys.class, "keys of a map must be String"),
        arguments(BadDefault.class, "BadDefault.count: its default \"ten\" must be a whole number"),
        arguments(DefaultOutOfRange.class, "its default \"0\""),
        arguments(BoundedFlag.class, "@Range bounds numbers"),
        arguments(OfVariable.class, "no config value can be made a T"),
        arguments(String.class, "config must be a record or Map.class"));
  }

  @ParameterizedTest
  @MethodSource("records_that_cannot_be_read")
  void refuses_records_that_no_config_fits(Class<?> type, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigType.of(type))
        .withMessageContaining(message);
  }

  @Test
  void describes_itself_as_json_schema() {
    Map<String, Object> schema = new LinkedHashMap<>(CONFIG.jsonSchema());

    assertThat(Json.write(schema))
        .isEqualTo(
            Json.write(
                json(
                    "{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object',"
                        + " 'description': 'Sends a thing.', 'properties': {"
                        + "'url': {'type': 'string', 'format': 'uri-reference',"
                        + " 'description': 'Where to send it.'},"
                        + "'mode': {'type': 'string', 'enum': ['fail-fast', 'list'],"
                        + " 'default': 'fail-fast'},"
                        + "'maxAttempts': {'type': 'integer', 'minimum': 1, 'maximum': 10,"
                        + " 'default': 3},"
                        + "'timeout': {'type': 'string', 'format': 'flowforge-duration', 'pattern':"
                        + " '^([0-9]+(\\\\.[0-9]+)?(d|h|m|s|ms))+$|^P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?"
                        + "([0-9]+M)?([0-9]+(\\\\.[0-9]+)?S)?)?$', 'default': '5s'},"
                        + "'auth': {'type': 'object', 'properties': {'user': {'type': 'string'},"
                        + " 'password': {'type': 'string', 'format': 'flowforge-credential',"
                        + " 'writeOnly': true}}, 'required': ['user', 'password'],"
                        + " 'additionalProperties': false},"
                        + "'note': {'type': 'string'},"
                        + "'headers': {'type': 'object', 'additionalProperties': {'type': 'string'},"
                        + " 'default': {}},"
                        + "'codes': {'type': 'array', 'items': {'type': 'integer'}, 'default': []},"
                        + "'body': {}}, 'required': ['url'], 'additionalProperties': false}")));
  }

  private record Odd(
      @Nullable String baseURL, @Nullable String s3Key, @Nullable String already_so) {}

  @Test
  void knows_the_snake_case_of_odd_names() {
    assertThat(
            ConfigType.of(Odd.class)
                .bind(json("{'base_url': 'u', 's3_key': 'k', 'already_so': 'a'}")))
        .isEqualTo(new Odd("u", "k", "a"));
  }

  private record Keyed(@Key("default") @Nullable String otherwise, @Key("equals") int same) {}

  @Test
  void knows_keys_that_cannot_be_names_in_java() {
    ConfigType<Keyed> type = ConfigType.of(Keyed.class);

    assertThat(type.bind(json("{'default': 'd', 'equals': 1}"))).isEqualTo(new Keyed("d", 1));
    assertThat(type.check(json("{'otherwise': 'd', 'equals': 1}"), WHOLE))
        .extracting(ConfigProblem::path)
        .containsExactly("/otherwise");
  }

  private record Empty() {}

  @Test
  void binds_a_record_without_components() {
    assertThat(ConfigType.of(Empty.class).bind(Map.of())).isEqualTo(new Empty());
    assertThat(ConfigType.of(Empty.class).check(Map.of("a", 1), WHOLE))
        .extracting(ConfigProblem::message)
        .containsExactly("unknown key \"a\"; there are no keys here");
  }
}
