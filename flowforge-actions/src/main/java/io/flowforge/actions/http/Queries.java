package io.flowforge.actions.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes parameters as {@code application/x-www-form-urlencoded} (WHATWG URL, 5.2). */
final class Queries {
  private Queries() {}

  /** The URL with parameters added to its query, before its fragment. */
  static String append(String url, List<HttpCall.Field> parameters) {
    if (parameters.isEmpty()) {
      return url;
    }
    int fragment = url.indexOf('#');
    String base = fragment < 0 ? url : url.substring(0, fragment);
    String joint =
        base.indexOf('?') < 0 ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
    return base + joint + encode(parameters);
  }

  static String encode(List<HttpCall.Field> parameters) {
    StringBuilder text = new StringBuilder();
    for (HttpCall.Field parameter : parameters) {
      text.append(text.length() == 0 ? "" : "&")
          .append(URLEncoder.encode(parameter.name(), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
