package io.flowforge.internal.binding;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts and numbers that stand for the JDK's single values. */
final class Scalars {
  private static final int LONGEST_NUMBER = 500;

  private Scalars() {}

  /**
   * The plain form of a single value.
   *
   * @return text, number or boolean; null when the value is of another kind
   */
  static @Nullable Object plain(Object value, Supplier<String> place) {
    if (value instanceof Number number) {
      return number(number, place);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof AtomicBoolean flag) {
      return flag.get();
    }
    String time = time(value);
    return time != null ? time : text(value);
  }

  /** The text of a map's key that is not text; null when it has none. */
  static @Nullable String key(@Nullable Object key) {
    if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    boolean plain =
        key instanceof Integer
            || key instanceof Long
            || key instanceof Short
            || key instanceof Byte
            || key instanceof BigInteger
            || (key instanceof Double number && Double.isFinite(number))
            || key instanceof Boolean
            || key instanceof Character
            || key instanceof UUID
            || key instanceof TemporalAccessor;
    return plain ? String.valueOf(key) : null;
  }

  static boolean isHolder(Object value) {
    return value instanceof Optional
        || value instanceof AtomicReference
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble;
  }

  static @Nullable Object held(Object holder) {
    if (holder instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    if (holder instanceof AtomicReference<?> reference) {
      return reference.get();
    }
    if (holder instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (holder instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    OptionalDouble optional = (OptionalDouble) holder;
    return optional.isPresent() ? optional.getAsDouble() : null;
  }

  private static Number number(Number value, Supplier<String> place) {
    if (value instanceof Byte || value instanceof Short) {
      return value.intValue();
    }
    if (value instanceof Float) {
      // By its text: 0.1f is meant as 0.1, not as 0.10000000149011612.
      return Double.valueOf(value.toString());
    }
    if (value instanceof Long) {
      return PlainNumbers.of(value.longValue());
    }
    if (value instanceof Integer || value instanceof Double) {
      return value;
    }
    BigDecimal exact = value instanceof BigDecimal decimal ? decimal : exact(value, place);
    if (!PlainNumbers.fits(exact)) {
      throw Refusals.scalar(place.get(), value);
    }
    return PlainNumbers.of(exact);
  }

  /** Whole numbers of any size; counters and number classes of others by their text. */
  private static BigDecimal exact(Number value, Supplier<String> place) {
    if (value instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    String text = value.toString();
    try {
      if (text.length() <= LONGEST_NUMBER) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException noDecimal) {
      if (!Double.isFinite(value.doubleValue())) {
        throw Refusals.scalar(place.get(), value.doubleValue());
      }
    }
    throw Refusals.foreign(place.get(), value.getClass());
  }

  @SuppressWarnings("JavaUtilDate") // actions may still return one
  private static @Nullable String time(Object value) {
    if (value instanceof TemporalAccessor || value instanceof TemporalAmount) {
      return value.toString();
    }
    if (value instanceof Calendar calendar) {
      return calendar.toInstant().toString();
    }
    if (value instanceof Date date) {
      try {
        return date.toInstant().toString();
      } catch (UnsupportedOperationException e) {
        return date.toString(); // dates and times of SQL have no instant, and an ISO text
      }
    }
    return null;
  }

  private static @Nullable String text(Object value) {
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof UUID
        || value instanceof URI
        || value instanceof URL
        || value instanceof Path
        || value instanceof File
        || value instanceof ZoneId
        || value instanceof Charset
        || value instanceof Currency
        || value instanceof Pattern) {
      return value.toString();
    }
    if (value instanceof char[] characters) {
      return new String(characters);
    }
    if (value instanceof Locale locale) {
      return locale.toLanguageTag();
    }
    if (value instanceof TimeZone zone) {
      return zone.getID();
    }
    return value instanceof InetAddress address ? address.getHostAddress() : null;
  }
}
