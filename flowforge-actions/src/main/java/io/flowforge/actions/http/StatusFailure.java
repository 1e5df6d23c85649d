package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** An answer whose status is a failure. */
final class StatusFailure {
  /** Client errors that may pass: time-out, too early, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static final long LONGEST_WAIT = Duration.ofDays(1).toSeconds();

  private final HttpCall call;
  private final HttpReply reply;
  private final Redaction redaction;

  StatusFailure(HttpCall call, HttpReply reply, Redaction redaction) {
    this.call = call;
    this.reply = reply;
    this.redaction = redaction;
  }

  ActionException at(Instant now) {
    String reason = redaction.text(reply.reason());
    String message =
        call
            + " answered "
            + reply.status()
            + (reason.isEmpty() ? "" : ' ' + Shown.plain(reason))
            + "; the answer is in details.body. List the status in acceptStatus if it is no failure.";
    boolean passing = reply.status() >= 500 || PASSING.contains(reply.status());
    ActionException failure =
        passing
            ? ActionException.transientFailure("FF-HTTP-STATUS", message)
            : ActionException.permanent("FF-HTTP-STATUS", message);
    return failure.withDetails(details(now));
  }

  private Map<String, Object> details(Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("status", reply.status());
    details.put("body", new ReplyBody(reply).excerpt(redaction));
    retryAfter(now).ifPresent(seconds -> details.put("retryAfter", seconds));
    return details;
  }

  /** Seconds to wait, from either form of Retry-After (RFC 9110, 10.2.3). */
  private OptionalLong retryAfter(Instant now) {
    String text = reply.header("retry-after").orElse("").strip();
    if (text.matches("\\d{1,9}")) {
      return OptionalLong.of(Math.min(Long.parseLong(text), LONGEST_WAIT));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      long seconds = Duration.between(now, until).toSeconds();
      return OptionalLong.of(Math.max(0, Math.min(seconds, LONGEST_WAIT)));
    } catch (DateTimeParseException noDate) {
      return OptionalLong.empty();
    }
  }
}
