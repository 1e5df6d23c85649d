package io.flowforge.internal.expression;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The units that dates are counted and cut in. */
enum DateUnit {
  YEARS(ChronoUnit.YEARS),
  MONTHS(ChronoUnit.MONTHS),
  WEEKS(ChronoUnit.WEEKS),
  DAYS(ChronoUnit.DAYS),
  HOURS(ChronoUnit.HOURS),
  MINUTES(ChronoUnit.MINUTES),
  SECONDS(ChronoUnit.SECONDS),
  MILLISECONDS(ChronoUnit.MILLIS);

  private final ChronoUnit unit;

  DateUnit(ChronoUnit unit) {
    this.unit = unit;
  }

  ChronoUnit unit() {
    return unit;
  }

  /** The unit that an argument names, in the singular or plural. */
  static DateUnit of(Arguments arguments, int index) {
    String name = arguments.text(index);
    for (DateUnit unit : values()) {
      if (name.equals(unit.word()) || (name + "s").equals(unit.word())) {
        return unit;
      }
    }
    List<String> words = Arrays.stream(values()).map(DateUnit::word).toList();
    throw arguments.wrongValue(
        "\"" + Described.text(name) + "\" is no unit; units are " + String.join(", ", words));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Temporal startOf(Temporal temporal) {
    Temporal day =
        switch (this) {
          case YEARS -> temporal.with(ChronoField.DAY_OF_YEAR, 1);
          case MONTHS -> temporal.with(ChronoField.DAY_OF_MONTH, 1);
          case WEEKS -> temporal.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          default -> temporal;
        };
    if (!(day instanceof ZonedDateTime time)) {
      return day;
    }
    return unit.isTimeBased()
        ? time.truncatedTo(unit)
        : time.toLocalDate().atStartOfDay(time.getZone());
  }
}
