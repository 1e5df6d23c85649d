package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what goes into the head of a request, so that no value can end its line. */
final class Fields {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
  private static final int MAX_VALUE = 8192;

  /** Framing and routing belong to the client: a flow that sets them could smuggle requests. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "accept-encoding");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Headers that say who calls, and so stay with the origin they were meant for. */
  private static final Set<String> PERSONAL =
      Set.of("authorization", "cookie", "x-api-key", "x-auth-token", "api-key");

  private Fields() {}

  static String method(String text) {
    if (!isMethod(text)) {
      throw ActionException.permanent("FF-HTTP-METHOD", wrongMethod(text) + '.');
    }
    return text.toUpperCase(Locale.ROOT);
  }

  static boolean isMethod(String text) {
    return METHODS.contains(text.toUpperCase(Locale.ROOT));
  }

  static String wrongMethod(String text) {
    return "method must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, was "
        + Shown.value(text);
  }

  /** Whether a method has no effect on the server by definition (RFC 9110, 9.2.1). */
  static boolean isSafe(String method) {
    return SAFE.contains(method);
  }

  static HttpCall.Field header(String name, String value, @Nullable Secret secret) {
    if (!TOKEN.matcher(name).matches()) {
      throw refused("header name must be letters, digits and -_.!#$%&'*+^`|~, was " + shown(name));
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw refused("header " + shown(name) + " is set by the client itself; leave it out");
    }
    if (value.length() > MAX_VALUE) {
      throw refused(
          "header "
              + shown(name)
              + " must have at most "
              + MAX_VALUE
              + " characters, had "
              + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        String what = secret == null ? ", was " + Shown.value(value) : "";
        throw refused(
            "header "
                + shown(name)
                + " must be printable ASCII without line breaks"
                + what
                + "; encode other characters");
      }
    }
    return new HttpCall.Field(name, value.strip(), secret);
  }

  /** Whether a header may follow a redirect to another origin. */
  static boolean mayTravel(HttpCall.Field header) {
    return header.secret() == null && !PERSONAL.contains(header.name().toLowerCase(Locale.ROOT));
  }

  private static String shown(String name) {
    return Shown.value(name);
  }

  private static ActionException refused(String what) {
    return ActionException.permanent("FF-HTTP-HEADER", what + '.');
  }
}
