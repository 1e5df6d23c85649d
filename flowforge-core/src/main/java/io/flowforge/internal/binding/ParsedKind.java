package io.flowforge.internal.binding;

import io.flowforge.flow.Durations;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes text of some form that a Java class stands for, such as a date. */
final class ParsedKind extends Kind {
  private static final int LONGEST = 8192;

  private static final String DURATION =
      "^([0-9]+(\\.[0-9]+)?(d|h|m|s|ms))+$|^P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?"
          + "([0-9]+(\\.[0-9]+)?S)?)?$";

  /** The classes and the forms of their texts. */
  private static final Map<Class<?>, Form> FORMS =
      Map.ofEntries(
          Map.entry(
              Duration.class,
              new Form(
                  "a duration of at most 3650d such as 250ms, 5s, 10m or PT1M30S",
                  "flowforge-duration",
                  Durations::parse)),
          Map.entry(
              Instant.class,
              new Form("a time such as 2026-01-31T08:00:00Z", "date-time", ParsedKind::instant)),
          Map.entry(
              LocalDate.class, new Form("a date such as 2026-01-31", "date", LocalDate::parse)),
          Map.entry(
              LocalTime.class,
              new Form("a time of day such as 08:30", "flowforge-time", LocalTime::parse)),
          Map.entry(
              LocalDateTime.class,
              new Form(
                  "a date and time such as 2026-01-31T08:00",
                  "flowforge-date-time",
                  LocalDateTime::parse)),
          Map.entry(
              OffsetDateTime.class,
              new Form(
                  "a time such as 2026-01-31T08:00:00+01:00", "date-time", OffsetDateTime::parse)),
          Map.entry(
              ZonedDateTime.class,
              new Form(
                  "a time such as 2026-01-31T08:00+01:00[Europe/Paris]",
                  "flowforge-zoned-date-time",
                  ZonedDateTime::parse)),
          Map.entry(
              ZoneId.class,
              new Form("a time zone such as Europe/Paris", "flowforge-zone", ZoneId::of)),
          Map.entry(URI.class, new Form("a URI", "uri-reference", URI::create)),
          Map.entry(
              UUID.class,
              new Form(
                  "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
                  "uuid",
                  ParsedKind::uuid)));

  private final Class<?> type;
  private final Form form;

  private ParsedKind(Class<?> type, Form form) {
    this.type = type;
    this.form = form;
  }

  /** The kind of a class; null when it is not known. */
  static @Nullable ParsedKind of(Class<?> type) {
    Form form = FORMS.get(type);
    return form == null ? null : new ParsedKind(type, form);
  }

  @Override
  String noun() {
    return form.noun;
  }

  @Override
  Object convert(Object value) {
    if (!(value instanceof String text) || text.length() > LONGEST) {
      throw misfit(value);
    }
    try {
      return form.parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException notOfTheForm) {
      throw misfit(value);
    }
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("format", form.format);
    if (type == Duration.class) {
      schema.put("pattern", DURATION);
    }
    return schema;
  }

  @Override
  boolean isText() {
    return true;
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** In full: the JDK also takes {@code 1-1-1-1-1}. */
  private static UUID uuid(String text) {
    UUID id = UUID.fromString(text);
    if (text.length() != id.toString().length()) {
      throw new IllegalArgumentException("short");
    }
    return id;
  }

  /** What the texts of a class look like, in words, as a format of JSON Schema, and to be read. */
  private record Form(String noun, String format, Function<String, Object> parser) {}
}
