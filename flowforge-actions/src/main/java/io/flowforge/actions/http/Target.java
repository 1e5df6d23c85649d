package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL that can be read in one way only.
 *
 * <p>Whatever parsers disagree about (user info, back slashes, odd spellings of addresses, wide
 * digits, escapes in the host) is refused instead of repaired; see "A New Era of SSRF" (Tsai,
 * 2017).
 *
 * @param uri the whole, in ASCII, without fragment
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, without a trailing dot; IPv6 in brackets
 * @param port 1 to 65535
 */
record Target(URI uri, String scheme, String host, int port) {
  private static final int MAX_LENGTH = 8192;
  private static final Pattern SPLIT =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?(.*)", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+)(?::(\\d{1,5}))?");
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

  static Target of(String url) {
    if (url.isBlank() || url.length() > MAX_LENGTH) {
      throw invalid("must have 1 to " + MAX_LENGTH + " characters, had " + url.length());
    }
    Matcher parts = SPLIT.matcher(url);
    if (!parts.matches()) {
      if (url.startsWith("//") || url.startsWith("\\\\")) {
        throw blocked("URL " + Shown.value(url) + " has no scheme");
      }
      throw invalid("must begin with http:// or https://, was " + Shown.value(url));
    }
    String scheme = scheme(parts.group(1));
    Matcher authority = authority(parts.group(2) == null ? "" : parts.group(2));
    String host = host(authority.group(1));
    int port = port(authority.group(2), scheme);
    return new Target(uri(scheme, host, port, rest(parts.group(3))), scheme, host, port);
  }

  private static String scheme(String text) {
    String scheme = text.toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))) {
      throw blocked("scheme " + Shown.value(text) + " is not http or https");
    }
    return scheme;
  }

  private static Matcher authority(String text) {
    if (text.indexOf('@') >= 0) {
      throw blocked("the URL holds user info before its host; use auth for user and password");
    }
    Matcher authority = AUTHORITY.matcher(text);
    if (!authority.matches()) {
      throw blocked(
          "host of the URL must be an ASCII name or address with an optional port, was "
              + Shown.value(text));
    }
    return authority;
  }

  private static String host(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String host = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    if (Literals.address(host).isPresent()) {
      return host;
    }
    if (Literals.looksNumeric(host)) {
      throw blocked(
          "address "
              + Shown.value(text)
              + " must be written as four decimal numbers without leading zeros");
    }
    if (host.length() > 253 || !NAME.matcher(host).matches()) {
      throw blocked("host name " + Shown.value(text) + " is not a valid host name");
    }
    return host;
  }

  private static int port(@Nullable String text, String scheme) {
    int port = text == null ? usualPort(scheme) : Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw blocked("port must be 1 to 65535, was " + port);
    }
    return port;
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** What follows the host: path and query, without fragment. */
  private static String rest(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw ActionException.permanent(
            "FF-HTTP-HEADER",
            "The URL must hold no control character such as a line break, was "
                + Shown.value(text));
      }
    }
    int fragment = text.indexOf('#');
    String rest = fragment < 0 ? text : text.substring(0, fragment);
    return rest.startsWith("/") ? rest : '/' + rest;
  }

  private static URI uri(String scheme, String host, int port, String rest) {
    String origin = scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    try {
      return new URI(new URI(origin + rest).toASCIIString());
    } catch (URISyntaxException e) {
      throw invalid(
          "holds a character that must be percent-encoded, at "
              + e.getIndex()
              + " in "
              + Shown.value(origin + rest)
              + "; give parameters as query instead");
    }
  }

  /** Whether both name the same place: scheme, host and port. */
  boolean sameOrigin(Target other) {
    return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
  }

  /** The URL without its query, which may hold secrets. */
  String shown() {
    String path = uri.getRawPath();
    return scheme
        + "://"
        + host
        + (port == usualPort(scheme) ? "" : ":" + port)
        + Shown.plain(path);
  }

  private static ActionException blocked(String what) {
    return AddressGuard.blocked(what, "Write the URL as https://host/path with a public host.");
  }

  private static ActionException invalid(String what) {
    return ActionException.permanent("FF-HTTP-URL", "url " + what + ".");
  }
}
