package io.flowforge.actions.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;

/**
 * What a server answered.
 *
 * @param url where the answer came from, after redirects, without query
 * @param status from 200 to 599
 * @param reason the words beside the status; may be empty
 * @param headers values by lower-case name, in order
 * @param body decompressed bytes; treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpReply(
    String url, int status, String reason, Map<String, List<String>> headers, byte[] body) {
  /** Copies the headers. */
  public HttpReply {
    Objects.requireNonNull(url, "url");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The values of a header, joined as RFC 9110 section 5.3 allows.
   *
   * @param name in any case
   * @return the value, if the header is there
   */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /**
   * The media type of the body.
   *
   * @return such as {@code application/json}, in lower case; empty when not told
   */
  public String mediaType() {
    ContentType type = ContentType.parseLenient(header("content-type").orElse(null));
    return type == null ? "" : type.getMimeType().toLowerCase(Locale.ROOT);
  }

  /**
   * The body as text, in the charset that the server tells, else UTF-8.
   *
   * @return the text; bytes that are none become U+FFFD
   */
  public String text() {
    ContentType type = ContentType.parseLenient(header("content-type").orElse(null));
    Charset charset = type == null ? null : type.getCharset();
    return new String(body, charset == null ? StandardCharsets.UTF_8 : charset);
  }
}
