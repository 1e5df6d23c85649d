package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.actions.TestContext;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpActionTest {
  private final HttpAction action = new HttpAction();
  private final TestContext context =
      TestContext.create()
          .with(HttpPolicy.class, HttpPolicy.builder().allowPrivateNetworks().build());
  private HttpServer server;
  private String requestBody = "";
  private HttpExchange request;
  private int status = 200;
  private String type = "application/json";
  private String body = "{\"total\": 12.5, \"items\": [1, 2]}";
  private final Map<String, List<String>> answerHeaders = new LinkedHashMap<>();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    action.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    request = exchange;
    requestBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().putAll(answerHeaders);
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private ConfigBuilder config(String method) {
    return new ConfigBuilder(method, "http://127.0.0.1:" + server.getAddress().getPort() + "/path");
  }

  private Map<?, ?> run(ConfigBuilder config) throws Exception {
    action.validate(config.build());
    return (Map<?, ?>) action.run(config.build(), context);
  }

  private ActionException failure(ConfigBuilder config) {
    return catchThrowableOfType(ActionException.class, () -> run(config));
  }

  private String header(String name) {
    return request.getRequestHeaders().getFirst(name);
  }

  @Test
  void gives_status_headers_and_a_parsed_body() throws Exception {
    answerHeaders.put("X-One", List.of("a", "b"));
    answerHeaders.put("Set-Cookie", List.of("a=1", "b=2"));
    Map<?, ?> output = run(config("GET"));
    assertThat(output.keySet()).map(Object::toString).containsExactly("status", "headers", "body");
    assertThat(output.get("status")).isEqualTo(200);
    assertThat(output.get("body")).isEqualTo(Map.of("total", 12.5, "items", List.of(1, 2)));
    Map<?, ?> headers = (Map<?, ?>) output.get("headers");
    assertThat(headers.get("x-one")).isEqualTo("a, b");
    assertThat(headers.get("set-cookie")).isEqualTo(List.of("a=1", "b=2"));
    assertThat(headers.get("content-type")).isEqualTo("application/json");
  }

  @Test
  void private_networks_are_refused_without_a_policy() {
    HttpConfig config = config("GET").build();
    assertThatThrownBy(() -> action.run(config, TestContext.create()))
        .hasMessageContaining("127.0.0.1")
        .extracting("code")
        .isEqualTo("FF-HTTP-BLOCKED");
  }

  @Test
  void an_object_goes_out_as_json() throws Exception {
    run(config("POST").body(Map.of("a", List.of(1, "x\"y"))));
    assertThat(requestBody).isEqualTo("{\"a\":[1,\"x\\\"y\"]}");
    assertThat(header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void text_goes_out_as_it_is() throws Exception {
    run(config("PUT").body("naïve"));
    assertThat(requestBody).isEqualTo("naïve");
    assertThat(header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    run(config("PUT").body("<a/>").contentType("application/xml"));
    assertThat(header("Content-Type")).isEqualTo("application/xml");
  }

  @Test
  void a_form_goes_out_encoded() throws Exception {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", "A & B");
    form.put("n", List.of(1, 2));
    form.put("none", null);
    run(config("POST").form(form));
    assertThat(requestBody).isEqualTo("name=A+%26+B&n=1&n=2");
    assertThat(header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    run(config("POST").body(Map.of("a", "b")).contentType("application/x-www-form-urlencoded"));
    assertThat(requestBody).isEqualTo("a=b");
  }

  @Test
  void parameters_are_added_to_the_url_encoded() throws Exception {
    run(config("GET").query(Map.of("q", "a b&c=ü")));
    assertThat(request.getRequestURI().toString()).isEqualTo("/path?q=a+b%26c%3D%C3%BC");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, false",
    "HEAD, false",
    "POST, true",
    "PUT, true",
    "PATCH, true",
    "DELETE, true"
  })
  void p2_unsafe_methods_carry_the_idempotency_key(String method, boolean sent) throws Exception {
    run(config(method));
    assertThat(header("Idempotency-Key")).isEqualTo(sent ? "ff1_abc" : null);
  }

  @Test
  void p2_the_idempotency_header_can_be_named_or_off() throws Exception {
    run(config("POST").idempotencyHeader("X-Request-Id"));
    assertThat(header("X-Request-Id")).isEqualTo("ff1_abc");
    run(config("POST").idempotencyHeader("off"));
    assertThat(header("Idempotency-Key")).isNull();
    run(config("POST").headers(Map.of("Idempotency-Key", "own")));
    assertThat(request.getRequestHeaders().get("Idempotency-Key")).containsExactly("own");
  }

  @Test
  void signs_in_with_basic_bearer_and_api_key() throws Exception {
    Secret secret = Secret.of("pa55word");
    run(config("GET").auth(auth(HttpAuth.Type.BASIC, null, "me", secret, HttpAuth.Place.HEADER)));
    assertThat(header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("me:pa55word".getBytes(StandardCharsets.UTF_8)));
    run(config("GET").auth(auth(HttpAuth.Type.BEARER, null, null, secret, HttpAuth.Place.HEADER)));
    assertThat(header("Authorization")).isEqualTo("Bearer pa55word");
    run(config("GET").auth(auth(HttpAuth.Type.API_KEY, null, null, secret, HttpAuth.Place.HEADER)));
    assertThat(header("X-API-Key")).isEqualTo("pa55word");
    run(config("GET").auth(auth(HttpAuth.Type.API_KEY, null, null, secret, HttpAuth.Place.QUERY)));
    assertThat(request.getRequestURI().getQuery()).isEqualTo("X-API-Key=pa55word");
  }

  private static HttpAuth auth(
      HttpAuth.Type type, String credential, String user, Secret secret, HttpAuth.Place place) {
    boolean basic = type == HttpAuth.Type.BASIC;
    return new HttpAuth(
        type, credential, user, basic ? secret : null, basic ? null : secret, "X-API-Key", place);
  }

  @Test
  void signs_in_with_a_credential_of_the_host() throws Exception {
    context.with("orders", Secret.of("from-the-host"));
    HttpAuth auth = auth(HttpAuth.Type.BEARER, "orders", null, null, HttpAuth.Place.HEADER);
    run(config("GET").auth(auth));
    assertThat(header("Authorization")).isEqualTo("Bearer from-the-host");
  }

  @Test
  void p18_secrets_that_a_server_echoes_are_blotted_out() throws Exception {
    String secret = "CANARY-7f3a\"/+x";
    String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    body = "{\"got\": \"CANARY-7f3a\\\"/+x\", \"" + encoded + "\": [\"CANARY-7f3a%22%2F%2Bx\"]}";
    answerHeaders.put("X-Echo", List.of(secret));
    ConfigBuilder config = config("POST").body(Map.of("key", Secret.of(secret)));
    assertThat(run(config).toString()).contains("***").doesNotContain("CANARY");
    assertThat(requestBody).contains("CANARY-7f3a");
    status = 401;
    type = "text/plain";
    body = secret + " is wrong";
    ActionException failure = failure(config);
    assertThat(failure.getMessage() + failure.details()).contains("***").doesNotContain("CANARY");
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, false",
    "404, false",
    "408, true",
    "425, true",
    "429, true",
    "500, true",
    "503, true"
  })
  void statuses_from_400_fail_the_node(int answered, boolean retryable) {
    status = answered;
    ActionException failure = failure(config("GET"));
    assertThat(failure.code()).isEqualTo("FF-HTTP-STATUS");
    assertThat(failure.retryable()).isEqualTo(retryable);
    assertThat(failure.details()).containsEntry("status", answered).containsEntry("body", body);
    assertThat(failure.getMessage()).contains("GET http://127.0.0.1").contains("" + answered);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "'Sat, 31 Jan 2026 08:01:30 GMT', 90",
    "'Sat, 31 Jan 2026 07:00:00 GMT', 0",
    "99999999, 86400"
  })
  void retry_after_is_told_in_seconds(String header, long seconds) {
    status = 503;
    answerHeaders.put("Retry-After", List.of(header));
    assertThat(failure(config("GET")).details()).containsEntry("retryAfter", seconds);
  }

  @Test
  void a_retry_after_that_is_neither_is_passed_over() {
    status = 429;
    answerHeaders.put("Retry-After", List.of("soon"));
    assertThat(failure(config("GET")).details()).doesNotContainKey("retryAfter");
  }

  @Test
  void accepted_statuses_are_no_failure_and_others_are() throws Exception {
    status = 404;
    assertThat(run(config("GET").acceptStatus(List.of("2xx", 404))).get("status")).isEqualTo(404);
    assertThat(run(config("GET").acceptStatus(List.of("400-409"))).get("status")).isEqualTo(404);
    status = 201;
    assertThat(failure(config("GET").acceptStatus(List.of(200))).code())
        .isEqualTo("FF-HTTP-STATUS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6xx", "99", "600", "300-200", "abc", "", "-1", "20", "2000"})
  void odd_statuses_to_accept_are_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action.validate(config("GET").acceptStatus(List.of(text)).build()))
        .withMessageContaining("acceptStatus");
  }

  @Test
  void the_body_can_be_taken_as_text_json_or_bytes() throws Exception {
    assertThat(run(config("GET").response(ResponseMode.TEXT)).get("body")).isEqualTo(body);
    assertThat(run(config("GET").response(ResponseMode.BYTES)).get("body"))
        .isEqualTo(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    type = "text/plain";
    assertThat(run(config("GET")).get("body")).isEqualTo(body);
    assertThat(run(config("GET").response(ResponseMode.JSON)).get("body")).isInstanceOf(Map.class);
    type = "application/problem+json; charset=utf-8";
    assertThat(run(config("GET")).get("body")).isInstanceOf(Map.class);
  }

  @Test
  void an_empty_body_is_null() throws Exception {
    body = "";
    assertThat(run(config("GET")).get("body")).isNull();
    assertThat(run(config("HEAD")).get("body")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "<html>", "[1] x"})
  void a_body_that_should_be_json_and_is_not_is_said_to_be_none(String text) {
    body = text;
    assertThat(failure(config("GET")).code()).isEqualTo("FF-HTTP-BODY");
  }

  @Test
  void a_body_nested_too_deep_is_refused() {
    body = "[".repeat(100_000);
    assertThat(failure(config("GET")).code()).isEqualTo("FF-HTTP-BODY");
  }

  @Test
  void what_excludes_each_other_is_refused_when_the_flow_is_loaded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action.validate(config("POST").body("x").form(Map.of()).build()))
        .withMessageContaining("body and form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action.validate(config("BREW").build()))
        .withMessageContaining("BREW");
    HttpAuth none = auth(HttpAuth.Type.BEARER, null, null, null, HttpAuth.Place.HEADER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action.validate(config("GET").auth(none).build()))
        .withMessageContaining("token or credential");
  }

  @Test
  void connections_are_kept_and_closed_with_the_action() throws Exception {
    run(config("GET"));
    int port = request.getRemoteAddress().getPort();
    run(config("GET"));
    assertThat(request.getRemoteAddress().getPort()).isEqualTo(port);
    action.close();
    action.close();
    run(config("GET"));
    assertThat(request.getRemoteAddress().getPort()).isNotEqualTo(port);
  }

  /** A config with the defaults that the engine would fill in. */
  private static final class ConfigBuilder {
    private final String method;
    private final String url;
    private Map<String, Object> headers = Map.of();
    private Map<String, Object> query = Map.of();
    private Object body;
    private Map<String, Object> form;
    private String contentType;
    private HttpAuth auth;
    private List<Object> acceptStatus = List.of();
    private ResponseMode response = ResponseMode.AUTO;
    private String idempotencyHeader = "Idempotency-Key";

    ConfigBuilder(String method, String url) {
      this.method = method;
      this.url = url;
    }

    ConfigBuilder headers(Map<String, Object> value) {
      headers = value;
      return this;
    }

    ConfigBuilder query(Map<String, Object> value) {
      query = value;
      return this;
    }

    ConfigBuilder body(Object value) {
      body = value;
      return this;
    }

    ConfigBuilder form(Map<String, Object> value) {
      form = value;
      return this;
    }

    ConfigBuilder contentType(String value) {
      contentType = value;
      return this;
    }

    ConfigBuilder auth(HttpAuth value) {
      auth = value;
      return this;
    }

    ConfigBuilder acceptStatus(List<Object> value) {
      acceptStatus = value;
      return this;
    }

    ConfigBuilder response(ResponseMode value) {
      response = value;
      return this;
    }

    ConfigBuilder idempotencyHeader(String value) {
      idempotencyHeader = value;
      return this;
    }

    HttpConfig build() {
      return new HttpConfig(
          method,
          url,
          headers,
          query,
          body,
          form,
          contentType,
          auth,
          Duration.ofSeconds(20),
          1 << 20,
          0,
          acceptStatus,
          response,
          idempotencyHeader);
    }
  }
}
