package io.flowforge.actions.http;

import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a node's values into what goes over the wire; the one place that reveals secrets in bodies.
 */
final class RequestBody {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpCall.Builder call;

  RequestBody(HttpCall.Builder call) {
    this.call = call;
  }

  void write(HttpConfig config) {
    String type = config.contentType() == null ? "" : config.contentType();
    Object form = config.form();
    if (form == null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      form = config.body() instanceof Map<?, ?> fields ? fields : null;
    }
    if (form instanceof Map<?, ?> fields) {
      text(Queries.encode(fields(fields)), type.isEmpty() ? FORM : type);
    } else if (config.body() instanceof CharSequence text) {
      text(text.toString(), type.isEmpty() ? "text/plain; charset=utf-8" : type);
    } else if (config.body() instanceof Secret secret) {
      Secret now = secret.current();
      call.bodySecret(now);
      text(now.reveal(), type.isEmpty() ? "text/plain; charset=utf-8" : type);
    } else if (config.body() != null) {
      call.body(Json.bytes(revealed(config.body())), type.isEmpty() ? "application/json" : type);
    }
  }

  private void text(String text, String type) {
    call.body(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private List<HttpCall.Field> fields(Map<?, ?> values) {
    List<HttpCall.Field> fields = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          for (Object one : value instanceof Collection<?> many ? many : one(value)) {
            fields.add(new HttpCall.Field(String.valueOf(name), text(revealed(one)), null));
          }
        });
    return fields;
  }

  static Collection<?> one(@Nullable Object value) {
    return value == null ? List.of() : List.of(value);
  }

  /** A header or parameter value as text: scalars as they are, anything else as JSON. */
  static String text(@Nullable Object value) {
    return value instanceof CharSequence text ? text.toString() : Json.write(value);
  }

  /** A copy in which secrets are text; the call is told of each. */
  private @Nullable Object revealed(@Nullable Object value) {
    if (value instanceof Secret secret) {
      Secret now = secret.current();
      call.bodySecret(now);
      return now.reveal();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(key, revealed(element)));
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(revealed(element)));
      return copy;
    }
    return value;
  }
}
