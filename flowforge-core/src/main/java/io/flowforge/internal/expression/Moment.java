package io.flowforge.internal.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A date, or a time in a zone, as functions pass them on: the text is ISO 8601, a date stays a date
 * until a time of day is needed, and what has no offset is meant in the zone given, else in UTC.
 *
 * @param date set if this is a date without a time
 * @param time start of the date, or the time itself
 */
record Moment(@Nullable LocalDate date, ZonedDateTime time) {

  private static final int LONGEST = 64;

  /** Reads a date argument: ISO text, or a number of milliseconds since 1970. */
  static Moment of(Arguments arguments, int index, int zoneIndex) {
    ZoneId zone = zone(arguments, zoneIndex);
    if (arguments.value(index) instanceof Number) {
      return at(arguments, Instant.ofEpochMilli(arguments.whole(index)).atZone(zone));
    }
    String text = arguments.text(index).strip();
    try {
      if (text.length() <= LONGEST) {
        return of(arguments, read(text), zone, arguments.has(zoneIndex));
      }
    } catch (DateTimeException ignored) {
      // Told below, with the text.
    }
    throw arguments.wrongValue(
        "\""
            + Described.text(text)
            + "\" is no date; dates are ISO 8601 such as 2026-01-31T08:30:00Z");
  }

  static Moment of(Arguments arguments, TemporalAccessor read, ZoneId zone, boolean moved) {
    if (read instanceof LocalDate day && !moved) {
      checkYear(arguments, day.getYear());
      return new Moment(day, day.atStartOfDay(zone));
    }
    if (read instanceof LocalDate day) {
      return at(arguments, day.atStartOfDay(zone));
    }
    if (read instanceof LocalDateTime local) {
      return at(arguments, local.atZone(zone));
    }
    ZonedDateTime time = ZonedDateTime.from(read);
    return at(arguments, moved ? time.withZoneSameInstant(zone) : time);
  }

  private static TemporalAccessor read(String text) {
    if (text.length() == 10) {
      return LocalDate.parse(text);
    }
    boolean hasZone = text.endsWith("]");
    DateTimeFormatter format =
        hasZone ? DateTimeFormatter.ISO_ZONED_DATE_TIME : DateTimeFormatter.ISO_DATE_TIME;
    return format.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
  }

  static Moment at(Arguments arguments, ZonedDateTime time) {
    checkYear(arguments, time.getYear());
    return new Moment(null, time);
  }

  private static void checkYear(Arguments arguments, int year) {
    if (year < 1 || year > 9999) {
      throw arguments.wrongValue("years reach from 1 to 9999, was " + year);
    }
  }

  /** The zone that an argument names; UTC if it is left out. */
  static ZoneId zone(Arguments arguments, int index) {
    if (!arguments.has(index)) {
      return ZoneOffset.UTC;
    }
    String name = arguments.text(index);
    try {
      if (name.length() <= LONGEST) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException ignored) {
      // Told below, with the name.
    }
    throw arguments.wrongValue(
        "\"" + Described.text(name) + "\" is no time zone; write Europe/Berlin or +01:00");
  }

  /** Moves by a span of time. */
  Moment plus(Arguments arguments, TimeSpan span) {
    try {
      if (date != null && span.isWholeDays()) {
        LocalDate moved = date.plus(span.days());
        checkYear(arguments, moved.getYear());
        return new Moment(moved, moved.atStartOfDay(time.getZone()));
      }
      return at(arguments, time.plus(span.days()).plus(span.time()));
    } catch (DateTimeException | ArithmeticException tooFar) {
      throw arguments.wrongValue("the result lies outside the years 1 to 9999");
    }
  }

  /** The beginning of the unit that this lies in. */
  Moment startOf(Arguments arguments, DateUnit unit) {
    if (date != null && unit.unit().isTimeBased()) {
      return this;
    }
    Temporal start = unit.startOf(date != null ? date : time);
    return of(arguments, start, time.getZone(), false);
  }

  long until(Moment other, ChronoUnit unit) {
    return time.until(other.time, unit);
  }

  /** ISO text with the offset, or the date alone. */
  String text() {
    return date != null
        ? date.toString()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.MICROS));
  }
}
