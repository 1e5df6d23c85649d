package io.flowforge.internal.expression;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.List;

/** Functions over dates, which are ISO 8601 texts. */
final class DateFunctions {

  private DateFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
                "now()",
                "The present time, in UTC.",
                a -> Moment.at(a, a.frame().variables().now().atZone(ZoneOffset.UTC)).text())
            .as(Function.Kind.CHANGING),
        Function.of(
            "date(value, zone?)",
            "A date or time as ISO text, read from ISO text or milliseconds since 1970.",
            a -> Moment.of(a, 0, 1).text()),
        Function.of(
            "parseDate(text, pattern, zone?)",
            "A date or time as ISO text, read by a pattern such as `dd.MM.yyyy`.",
            DateFunctions::parse),
        Function.of(
            "formatDate(date, pattern, zone?)",
            "Written by a pattern such as `yyyy-MM-dd HH:mm`, or as `iso` or `rfc1123`.",
            DateFunctions::format),
        Function.of(
            "toZone(date, zone)",
            "The same time as it is told in a zone.",
            a -> Moment.of(a, 0, 1).text()),
        Function.of(
            "plus(date, duration, zone?)",
            "Later by a duration such as `P1M`, `PT90M` or `7d`; days are those of the zone.",
            a -> Moment.of(a, 0, 2).plus(a, TimeSpan.of(a, 1)).text()),
        Function.of(
            "minus(date, duration, zone?)",
            "Earlier by a duration.",
            a -> Moment.of(a, 0, 2).plus(a, TimeSpan.of(a, 1).negated()).text()),
        Function.of(
            "diff(from, to, unit)",
            "Whole `years` … `milliseconds` from one date to another.",
            a ->
                Numbers.narrow(
                    Moment.of(a, 0, 3).until(Moment.of(a, 1, 3), DateUnit.of(a, 2).unit()))),
        Function.of(
            "startOf(date, unit, zone?)",
            "The beginning of the `year`, `month`, `week`, `day`, `hour` … it lies in.",
            a -> Moment.of(a, 0, 2).startOf(a, DateUnit.of(a, 1)).text()),
        Function.of(
            "isBefore(date, other)",
            "True if a date lies before another.",
            a -> Moment.of(a, 0, 2).time().isBefore(Moment.of(a, 1, 2).time())),
        Function.of(
            "isAfter(date, other)",
            "True if a date lies after another.",
            a -> Moment.of(a, 0, 2).time().isAfter(Moment.of(a, 1, 2).time())),
        Function.of(
            "epochMillis(date)",
            "Milliseconds since 1970.",
            a -> Numbers.narrow(Moment.of(a, 0, 1).time().toInstant().toEpochMilli())),
        field("year", "The year.", ChronoField.YEAR),
        field("month", "The month, 1 to 12.", ChronoField.MONTH_OF_YEAR),
        field("day", "The day of the month.", ChronoField.DAY_OF_MONTH),
        field("hour", "The hour, 0 to 23.", ChronoField.HOUR_OF_DAY),
        field("minute", "The minute.", ChronoField.MINUTE_OF_HOUR),
        field("second", "The second.", ChronoField.SECOND_OF_MINUTE),
        field("weekday", "The day of the week, 1 for Monday to 7.", ChronoField.DAY_OF_WEEK),
        field("week", "The ISO week of the year.", IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        field("dayOfYear", "The day of the year.", ChronoField.DAY_OF_YEAR));
  }

  private static Function field(String name, String summary, TemporalField field) {
    return Function.of(name + "(date, zone?)", summary, a -> Moment.of(a, 0, 1).time().get(field));
  }

  private static Object parse(Arguments arguments) {
    String text = arguments.text(0);
    DateTimeFormatter format = DatePattern.of(arguments, 1);
    try {
      TemporalAccessor read =
          format.parseBest(
              text,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      return Moment.of(arguments, read, Moment.zone(arguments, 2), arguments.has(2)).text();
    } catch (DateTimeException e) {
      throw arguments.wrongValue(
          "\""
              + Described.text(text)
              + "\" does not fit the pattern \""
              + Described.text(arguments.text(1))
              + "\"");
    }
  }

  private static Object format(Arguments arguments) {
    Moment moment = Moment.of(arguments, 0, 2);
    try {
      String text = DatePattern.of(arguments, 1).format(moment.time());
      arguments.frame().grow(text.length());
      return text;
    } catch (DateTimeException e) {
      throw arguments.wrongValue("a part of the pattern does not apply to this date");
    }
  }
}
