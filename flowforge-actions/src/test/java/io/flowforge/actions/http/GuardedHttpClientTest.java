package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole client against a server on 127.0.0.1, the only address that is allowed here. */
class GuardedHttpClientTest {
  private final Deque<List<String>> answers = new ArrayDeque<>();
  private final List<String> lookUps = new CopyOnWriteArrayList<>();
  private RawServer server;
  private GuardedHttpClient client;

  @BeforeEach
  void connect() throws Exception {
    server = RawServer.answering(RawServer.ok("fine"));
    client = GuardedHttpClient.create(policy().build());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
    server.close();
  }

  private HttpPolicy.Builder policy() {
    return HttpPolicy.builder().allowNetwork("127.0.0.1/32").resolver(this::resolve);
  }

  /** Answers from the queue, the last for ever. */
  private synchronized List<InetAddress> resolve(String host) throws java.io.IOException {
    lookUps.add(host);
    List<String> texts = answers.size() > 1 ? answers.pop() : answers.peek();
    List<InetAddress> addresses = new java.util.ArrayList<>();
    for (String text : texts == null ? List.of("127.0.0.1") : texts) {
      addresses.add(InetAddress.getByName(text));
    }
    return addresses;
  }

  private void use(RawServer other) throws Exception {
    server.close();
    server = other;
  }

  private HttpReply get(String url) throws InterruptedException {
    return client.send(HttpCall.builder("GET", url).followRedirects(5).build());
  }

  private ActionException refused(String url) {
    return catchThrowableOfType(ActionException.class, () -> get(url));
  }

  private String named(String host, String path) {
    return "http://" + host + ":" + server.port() + path;
  }

  @Test
  void calls_a_name_at_the_address_that_was_checked() throws Exception {
    assertThat(get(named("good.example", "/x?y=1")).text()).isEqualTo("fine");
    assertThat(lookUps).containsExactly("good.example");
    assertThat(server.requests.get(0))
        .startsWith("GET /x?y=1 HTTP/1.1\n")
        .contains("Host: good.example:" + server.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2", "10.0.0.1", "169.254.169.254", "8.8.8.8 192.168.0.1", "127.0.0.1 127.0.0.2",
        "fd00::1 127.0.0.1", "127.0.0.1 fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "0.0.0.0"
      })
  void b_ss_names_are_refused_when_one_of_their_addresses_is(String addresses) {
    answers.add(List.of(addresses.split(" ")));
    ActionException refusal = refused(named("rebind.example", "/"));
    assertThat(refusal.code()).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(refusal.getMessage()).contains("rebind.example");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void b_ss_rebinding_between_calls_is_refused() throws Exception {
    answers.add(List.of("127.0.0.1"));
    answers.add(List.of("127.0.0.2"));
    assertThat(get(named("rebind.example", "/")).status()).isEqualTo(200);
    assertThat(refused(named("rebind.example", "/")).code()).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(lookUps).hasSize(2);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void b_ss_rebinding_between_redirects_is_refused() throws Exception {
    use(RawServer.answering(RawServer.redirect(302, "/again")));
    answers.add(List.of("127.0.0.1"));
    answers.add(List.of("10.0.0.1"));
    assertThat(refused(named("rebind.example", "/")).code()).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "301, http://127.0.0.2/", "302, http://169.254.169.254/latest", "303, http://[::1]/",
    "307, http://2130706433/", "308, http://user@127.0.0.1/", "302, file:///etc/passwd",
    "302, gopher://127.0.0.1/", "307, //127.0.0.2/", "302, http://localhost/"
  })
  void b_ss_redirects_to_refused_places_are_refused(int status, String location) throws Exception {
    use(RawServer.answering(RawServer.redirect(status, location)));
    assertThat(refused(server.url("/")).code()).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void b_ss_redirects_end_after_five_hops_also_in_a_loop() throws Exception {
    use(RawServer.answering(RawServer.redirect(302, "/loop")));
    assertThat(refused(server.url("/loop")).code()).isEqualTo("FF-HTTP-REDIRECT");
    assertThat(server.requests).hasSize(6);
  }

  @Test
  void b_ss_redirects_are_not_followed_unless_asked_for() throws Exception {
    use(RawServer.answering(RawServer.redirect(302, "/other")));
    HttpReply reply = client.send(HttpCall.builder("GET", server.url("/")).build());
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Location")).contains("/other");
  }

  @Test
  void b_ss_a_refresh_header_is_ignored() throws Exception {
    use(
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nRefresh: 0;url=http://127.0.0.2/\r\nContent-Length: 0\r\n\r\n"));
    assertThat(get(server.url("/")).status()).isEqualTo(200);
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void redirects_turn_a_post_as_the_status_says(int status, String method) throws Exception {
    use(RawServer.answering(RawServer.redirect(status, "/next"), RawServer.ok("done")));
    HttpCall call =
        HttpCall.builder("POST", server.url("/"))
            .body(new byte[0], "application/json")
            .header("Idempotency-Key", "k")
            .followRedirects(1)
            .build();
    assertThat(client.send(call).text()).isEqualTo("done");
    String second = server.requests.get(1);
    assertThat(second).startsWith(method + " /next ");
    assertThat(second.contains("Idempotency-Key")).isEqualTo(method.equals("POST"));
    assertThat(second.contains("application/json")).isEqualTo(method.equals("POST"));
  }

  @Test
  void b_ss_what_is_personal_stays_with_its_origin() throws Exception {
    use(
        RawServer.answering(
            (head, out) -> {
              boolean first = head.contains("Host: a.example");
              String answer =
                  first ? RawServer.redirect(307, named("b.example", "/")) : RawServer.ok("done");
              out.write(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }));
    HttpCall call =
        HttpCall.builder("GET", named("a.example", "/"))
            .header("Authorization", "Bearer ", Secret.of("s3cret-token"))
            .header("X-Own", "", Secret.of("s3cret-key"))
            .header("Cookie", "a=b")
            .header("Accept", "text/plain")
            .followRedirects(2)
            .build();
    client.send(call);
    assertThat(server.requests.get(0)).contains("Authorization", "X-Own", "Cookie", "Accept:");
    assertThat(server.requests.get(1))
        .contains("Host: b.example", "Accept: text/plain")
        .doesNotContain("s3cret", "Cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.com", "api.a.com.evil", "evil.com", "xapi.a.com"})
  void b_ss_a_bound_credential_goes_to_its_host_only(String host) {
    HttpCall call =
        HttpCall.builder("GET", named(host, "/api.a.com"))
            .header("Authorization", "Bearer ", Secret.of("s3cret").boundTo("api.a.com"))
            .build();
    ActionException refusal = catchThrowableOfType(ActionException.class, () -> client.send(call));
    assertThat(refusal.code()).isEqualTo("FF-CRED-HOST");
    assertThat(refusal.getMessage()).contains(host).doesNotContain("s3cret");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void b_ss_a_bound_credential_is_not_led_away_by_a_redirect() throws Exception {
    use(RawServer.answering(RawServer.redirect(302, "http://evil.example/")));
    HttpCall call =
        HttpCall.builder("GET", named("api.a.com", "/"))
            .header("Authorization", "Bearer ", Secret.of("s3cret").boundTo("api.a.com"))
            .followRedirects(1)
            .build();
    assertThat(catchThrowableOfType(ActionException.class, () -> client.send(call)).code())
        .isEqualTo("FF-CRED-HOST");
  }

  @Test
  void b_ss_a_credential_in_the_body_is_not_led_away_by_a_redirect() throws Exception {
    use(RawServer.answering(RawServer.redirect(307, "http://evil.example/")));
    HttpCall call =
        HttpCall.builder("POST", named("api.a.com", "/"))
            .body("s3cret".getBytes(java.nio.charset.StandardCharsets.UTF_8), "text/plain")
            .bodySecret(Secret.of("s3cret"))
            .followRedirects(1)
            .build();
    assertThat(catchThrowableOfType(ActionException.class, () -> client.send(call)).code())
        .isEqualTo("FF-CRED-HOST");
  }

  @Test
  void proxies_of_the_environment_are_ignored() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    System.setProperty("http.proxyHost", "10.9.9.9");
    ProxySelector.setDefault(ProxySelector.of(new java.net.InetSocketAddress("10.9.9.9", 8080)));
    try {
      assertThat(get(named("good.example", "/")).status()).isEqualTo(200);
    } finally {
      System.clearProperty("http.proxyHost");
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void an_allowed_host_is_called_wherever_its_name_leads() throws Exception {
    client.close();
    client =
        GuardedHttpClient.create(
            HttpPolicy.builder().allowHost("Inside.Local").resolver(this::resolve).build());
    assertThat(get(named("inside.local", "/")).status()).isEqualTo(200);
    assertThat(refused(named("other.local", "/")).code()).isEqualTo("FF-HTTP-BLOCKED");
    assertThat(refused(server.url("/")).code()).isEqualTo("FF-HTTP-BLOCKED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\0b", "ü", "a\u2028b", "\u007f"})
  void b_ss_line_breaks_in_headers_are_refused(String value) {
    assertThat(
            catchThrowableOfType(
                    ActionException.class,
                    () -> HttpCall.builder("GET", "http://a.example/").header("X", value))
                .code())
        .isEqualTo("FF-HTTP-HEADER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "content-length", "Transfer-Encoding", "Connection", "a b", "a:", "", "ü"})
  void headers_of_the_client_and_odd_names_are_refused(String name) {
    assertThat(
            catchThrowableOfType(
                    ActionException.class,
                    () -> HttpCall.builder("GET", "http://a.example/").header(name, "x"))
                .code())
        .isEqualTo("FF-HTTP-HEADER");
  }
}
