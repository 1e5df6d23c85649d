package io.flowforge.redis;

import io.flowforge.FlowForgeException;
import io.flowforge.redis.Script.Effect;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what may be done about a failure. Of what the server answers only the first word is told:
 * the rest may hold names of keys and arguments.
 */
final class Failures {
  /** Answers of a server that will do better later; all come before anything is written. */
  private static final Set<String> PASSING =
      Set.of(
          "BUSY",
          "CLUSTERDOWN",
          "LOADING",
          "MASTERDOWN",
          "MISCONF",
          "NOREPLICAS",
          "OOM",
          "READONLY",
          "TRYAGAIN",
          "UNBLOCKED");

  private static final Set<String> FORBIDDEN =
      Set.of("DENIED", "NOAUTH", "NOPERM", "WRONGPASS", "WRONGTYPE");

  /** Before version 7, what a command of a script was refused with stands behind its place. */
  private static final Pattern INNER =
      Pattern.compile(
          "^ERR [^@]{1,100}@user_script: ?\\d{1,6}: (?:@user_script: ?\\d{1,6}: )?-?([A-Z]{2,32}) ");

  private static final Pattern PLACE = Pattern.compile("user_script:(\\d{1,6})");

  private Failures() {}

  /** The store's exception for whatever went wrong in a call. */
  static FlowForgeException of(Throwable thrown, Effect effect) {
    Throwable cause = bare(thrown);
    if (cause instanceof FlowForgeException known) {
      return known;
    }
    if (cause instanceof RedisCommandExecutionException) {
      return answered(cause.getMessage());
    }
    if (neverSent(cause)) {
      return StoreException.unavailable("Redis is out of reach; nothing was sent", cause);
    }
    return effect == Effect.WRITES
        ? StoreException.unknown("the answer of Redis to a write did not come", cause)
        : StoreException.unavailable("the answer of Redis did not come", cause);
  }

  /** The store's exception for a connection that could not be made. */
  static FlowForgeException connecting(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException) {
        return answered(cause.getMessage());
      }
    }
    return StoreException.unavailable("Redis is out of reach", thrown);
  }

  static boolean isNoScript(Throwable thrown) {
    return bare(thrown) instanceof RedisCommandExecutionException answer
        && "NOSCRIPT".equals(word(answer.getMessage()));
  }

  /** Whether the server does not let us call a command, or does not know it. */
  static boolean isRefusal(Throwable thrown) {
    return bare(thrown) instanceof RedisCommandExecutionException answer
        && !PASSING.contains(word(answer.getMessage()));
  }

  private static Throwable bare(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean neverSent(Throwable cause) {
    if (cause instanceof RedisConnectionException) {
      return true;
    }
    String message = cause instanceof RedisException ? cause.getMessage() : null;
    return message != null
        && (message.contains("Commands are rejected")
            || message.contains("Request queue size exceeded"));
  }

  private static FlowForgeException answered(@Nullable String answer) {
    String word = word(answer);
    if ("FFLOST".equals(word)) {
      return new StoreException(
          Kind.FATAL,
          "FF-STORE-LOST",
          "the keys of this store are gone or another's; see whether the database was emptied or"
              + " replaced, then open the store anew",
          null);
    }
    if (PASSING.contains(word) || isCrowded(answer)) {
      return StoreException.unavailable("Redis refused the call for now: " + word, null);
    }
    if (FORBIDDEN.contains(word)) {
      return new StoreException(
          Kind.FATAL,
          "FF-STORE-ACCESS",
          "Redis refused the call: " + word + "; check user, password and rights",
          null);
    }
    return new StoreException(
        Kind.FATAL, "FF-STORE-ANSWER", "Redis refused the call: " + word + place(answer), null);
  }

  private static boolean isCrowded(@Nullable String answer) {
    return answer != null && answer.contains("max number of clients");
  }

  private static String word(@Nullable String answer) {
    if (answer == null) {
      return "no reason given";
    }
    Matcher inner = INNER.matcher(answer);
    if (inner.find()) {
      return inner.group(1);
    }
    int space = answer.indexOf(' ');
    String word = space < 0 ? answer : answer.substring(0, space);
    return word.matches("[A-Z]{2,32}") ? word : "ERR";
  }

  private static String place(@Nullable String answer) {
    Matcher place = PLACE.matcher(answer == null ? "" : answer);
    return place.find() ? " in line " + place.group(1) + " of its script" : "";
  }
}
