package io.flowforge.actions.http;

import io.flowforge.execution.Secret;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code http} action: calls an API through the {@link GuardedHttpClient}.
 *
 * <p>Gives {@code {status, headers, body}}: headers by lower-case name, repeated ones joined with a
 * comma ({@code set-cookie} is always a list); a JSON body parsed, an empty one null. Secrets that
 * were sent are blotted out of the answer. Unsafe methods carry the idempotency key, the same at
 * every attempt.
 *
 * <p>Thread-safe; {@link #close} closes its connections.
 */
public final class HttpAction implements Action<HttpConfig>, AutoCloseable {
  private final Map<HttpPolicy, GuardedHttpClient> clients = new ConcurrentHashMap<>();

  /** Makes the action; connects to nothing yet. */
  public HttpAction() {}

  @Override
  public ActionDescriptor<HttpConfig> descriptor() {
    return ActionDescriptor.<HttpConfig>of("http", HttpConfig.class)
        .aliases("http-request", "http_request", "httpRequest", "api", "rest", "webhook-out")
        .title("HTTP request")
        .category("network")
        .description(
            "Calls an HTTP API. Addresses inside private networks are refused unless the host"
                + " application allows them; a status of 400 and above fails the node unless"
                + " acceptStatus says otherwise.")
        .example(Map.of("url", "https://api.example.com/orders", "query", Map.of("year", 2025)));
  }

  @Override
  public void validate(HttpConfig config) {
    HttpCall.checkMethod(config.method());
    StatusSet.of(config.acceptStatus());
    if (config.body() != null && config.form() != null) {
      throw new IllegalArgumentException("body and form exclude each other; give one of them");
    }
    if (config.timeout().toMillis() < 1) {
      throw new IllegalArgumentException("timeout must be at least 1ms, was " + config.timeout());
    }
    if (config.auth() != null) {
      config.auth().check();
    }
  }

  @Override
  public Object run(HttpConfig config, ActionContext context) throws InterruptedException {
    HttpCall call = call(config, context);
    GuardedHttpClient client =
        clients.computeIfAbsent(GuardedHttpClient.policy(context), GuardedHttpClient::create);
    HttpReply reply = client.send(call);
    Redaction redaction = new Redaction(call.secrets());
    if (!StatusSet.of(config.acceptStatus()).contains(reply.status())) {
      throw new StatusFailure(call, reply, redaction).at(context.clock().instant());
    }
    return output(reply, config.response(), redaction);
  }

  private static HttpCall call(HttpConfig config, ActionContext context) {
    HttpCall.Builder call =
        HttpCall.builder(config.method(), config.url())
            .timeout(config.timeout())
            .maxBytes(config.maxBytes())
            .followRedirects(config.followRedirects());
    each(config.headers(), (name, value) -> header(call, name, value));
    each(config.query(), (name, value) -> query(call, name, value));
    if (config.auth() != null) {
      signIn(call, config.auth(), context);
    }
    new RequestBody(call).write(config);
    if (!Fields.isSafe(call.method()) && !config.idempotencyHeader().equals("off")) {
      call.headerIfAbsent(config.idempotencyHeader(), context.idempotencyKey());
    }
    return call.build();
  }

  private static void each(Map<String, Object> values, Taker taker) {
    values.forEach(
        (name, value) -> {
          Collection<?> all = value instanceof Collection<?> many ? many : RequestBody.one(value);
          all.forEach(one -> taker.take(name, one));
        });
  }

  private static void header(HttpCall.Builder call, String name, @Nullable Object value) {
    if (value instanceof Secret secret) {
      call.header(name, "", secret);
    } else {
      call.header(name, RequestBody.text(value));
    }
  }

  private static void query(HttpCall.Builder call, String name, @Nullable Object value) {
    if (value instanceof Secret secret) {
      call.query(name, secret);
    } else {
      call.query(name, RequestBody.text(value));
    }
  }

  private static void signIn(HttpCall.Builder call, HttpAuth auth, ActionContext context) {
    auth.check();
    Secret own = auth.type() == HttpAuth.Type.BASIC ? auth.password() : auth.token();
    Secret secret = own == null ? context.credential(String.valueOf(auth.credential())) : own;
    switch (auth.type()) {
      case BASIC -> call.basic(String.valueOf(auth.username()), secret);
      case BEARER -> call.header("Authorization", "Bearer ", secret);
      case API_KEY -> {
        if (auth.in() == HttpAuth.Place.QUERY) {
          call.query(auth.name(), secret);
        } else {
          call.header(auth.name(), "", secret);
        }
      }
    }
  }

  private static Map<String, @Nullable Object> output(
      HttpReply reply, ResponseMode mode, Redaction redaction) {
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
      boolean cookies = header.getKey().equals("set-cookie");
      Object value = cookies ? header.getValue() : String.join(", ", header.getValue());
      headers.put(header.getKey(), redaction.value(value));
    }
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("status", reply.status());
    output.put("headers", headers);
    output.put("body", redaction.value(new ReplyBody(reply).value(mode)));
    return output;
  }

  /** Closes all connections. Idempotent. */
  @Override
  public void close() {
    clients.values().forEach(GuardedHttpClient::close);
    clients.clear();
  }

  /** Takes one header or parameter. */
  private interface Taker {
    void take(String name, @Nullable Object value);
  }
}
