package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.ActionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and name servers that misbehave (G09, G10). */
class HttpFaultTest {
  private static final int MEGABYTE = 1 << 20;

  private final CountDownLatch end = new CountDownLatch(1);
  private final GuardedHttpClient client =
      GuardedHttpClient.create(HttpPolicy.builder().allowPrivateNetworks().build());

  @AfterEach
  void close() {
    end.countDown();
    client.close();
  }

  private ActionException failure(HttpCall.Builder call) {
    return catchThrowableOfType(ActionException.class, () -> client.send(call.build()));
  }

  private static HttpCall.Builder get(RawServer server) {
    return HttpCall.builder("GET", server.url("/")).maxBytes(MEGABYTE);
  }

  private static HttpCall.Builder brief(RawServer server) {
    return get(server).timeout(Duration.ofMillis(300));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Writes a piece over and over until the other side leaves. */
  private static RawServer flooding(String head, String piece) throws IOException {
    return RawServer.answering(
        (request, out) -> {
          out.write(bytes(head));
          while (true) {
            out.write(bytes(piece));
            out.flush();
          }
        });
  }

  @Test
  void g09_a_server_that_never_answers_is_left_at_the_deadline() throws Exception {
    try (RawServer server = RawServer.answering((head, out) -> end.await())) {
      ActionException failure = failure(brief(server));
      assertThat(failure.code()).isEqualTo("FF-HTTP-TIMEOUT");
      assertThat(failure.retryable()).isTrue();
      assertThat(failure.getMessage()).contains("300 ms", server.url("/"));
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "})
  void g09_a_server_that_drips_is_left_at_the_deadline(String head) throws Exception {
    try (RawServer server =
        RawServer.answering(
            (request, out) -> {
              out.write(bytes(head));
              while (!end.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
              }
            })) {
      assertThat(failure(brief(server)).code()).isEqualTo("FF-HTTP-TIMEOUT");
    }
  }

  @Test
  void g09_a_server_that_does_not_read_is_left_at_the_deadline() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpCall.Builder call =
          HttpCall.builder("POST", "http://127.0.0.1:" + deaf.getLocalPort() + "/")
              .body(new byte[64 * MEGABYTE], "application/octet-stream")
              .timeout(Duration.ofMillis(500));
      assertThat(failure(call).code()).isEqualTo("FF-HTTP-TIMEOUT");
    }
  }

  @Test
  void g09_endless_headers_and_endless_lines_are_refused() throws Exception {
    try (RawServer many = flooding("HTTP/1.1 200 OK\r\n", "X: y\r\n");
        RawServer longer = flooding("HTTP/1.1 200 OK\r\nX: ", "yyyyyyyyyyyyyyyy")) {
      assertThat(failure(get(many)).code()).isEqualTo("FF-HTTP-SIZE");
      assertThat(failure(get(longer)).code()).isEqualTo("FF-HTTP-SIZE");
    }
  }

  @Test
  void g09_a_storm_of_interim_answers_ends_at_the_deadline() throws Exception {
    try (RawServer server = flooding("", "HTTP/1.1 100 Continue\r\n\r\n")) {
      assertThat(failure(brief(server)).code()).isEqualTo("FF-HTTP-TIMEOUT");
    }
  }

  @Test
  void g09_an_endless_body_is_cut_at_the_limit() throws Exception {
    String piece = "x".repeat(8192);
    String chunk = "2000\r\n" + piece + "\r\n";
    try (RawServer plain = flooding("HTTP/1.1 200 OK\r\n\r\n", piece);
        RawServer chunked =
            flooding("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk)) {
      assertThat(failure(get(plain)).code()).isEqualTo("FF-HTTP-SIZE");
      assertThat(failure(get(chunked)).code()).isEqualTo("FF-HTTP-SIZE");
    }
  }

  @Test
  void g09_a_body_announced_too_large_is_not_read() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")) {
      ActionException failure = failure(get(server));
      assertThat(failure.code()).isEqualTo("FF-HTTP-SIZE");
      assertThat(failure.retryable()).isFalse();
      assertThat(failure.getMessage()).contains("1048576", "maxBytes");
    }
  }

  @Test
  void g09_a_gzip_bomb_is_cut_by_what_comes_out_of_it() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 100; i++) {
        out.write(new byte[MEGABYTE]);
      }
    }
    assertThat(packed.size()).isLessThan(MEGABYTE);
    try (RawServer server = zipped(packed.toByteArray(), "gzip")) {
      assertThat(failure(get(server)).code()).isEqualTo("FF-HTTP-SIZE");
    }
  }

  @Test
  void a_gzip_body_is_unpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes("hello"));
    }
    try (RawServer server = zipped(packed.toByteArray(), "gzip")) {
      assertThat(client.send(get(server).build()).text()).isEqualTo("hello");
    }
  }

  private static RawServer zipped(byte[] body, String encoding) throws IOException {
    return RawServer.answering(
        (head, out) -> {
          out.write(bytes("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\n\r\n"));
          out.write(body);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, gzip", "br", "gzip"})
  void g09_a_body_packed_in_another_way_is_refused(String encoding) throws Exception {
    try (RawServer server = zipped(bytes("this is not packed"), encoding)) {
      assertThat(failure(get(server)).code()).isEqualTo("FF-HTTP-BODY");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nshort",
      })
  void g09_an_answer_that_breaks_off_is_a_failure_that_may_pass(String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      ActionException failure = failure(get(server));
      assertThat(failure.code()).isEqualTo("FF-HTTP-CONNECT");
      assertThat(failure.retryable()).isTrue();
      assertThat(failure.getMessage()).doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void g09_what_is_not_http_is_said_to_be_none(String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      ActionException failure = failure(get(server).timeout(Duration.ofSeconds(2)));
      assertThat(failure.code()).isIn("FF-HTTP-PROTOCOL", "FF-HTTP-CONNECT");
      assertThat(failure.getMessage()).doesNotContain("Exception");
    }
  }

  @Test
  void a_port_where_nothing_listens_is_a_failure_that_may_pass() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ActionException failure = failure(HttpCall.builder("GET", "http://127.0.0.1:" + port + "/"));
    assertThat(failure.code()).isEqualTo("FF-HTTP-CONNECT");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void g10_an_unknown_name_is_a_failure_that_may_pass() {
    try (GuardedHttpClient lost =
        GuardedHttpClient.create(
            HttpPolicy.builder()
                .resolver(
                    host -> {
                      throw new UnknownHostException(host);
                    })
                .build())) {
      HttpCall call = HttpCall.builder("GET", "http://nowhere.example/").build();
      ActionException failure = catchThrowableOfType(ActionException.class, () -> lost.send(call));
      assertThat(failure.code()).isEqualTo("FF-HTTP-CONNECT");
      assertThat(failure.getMessage()).contains("no address is known for host nowhere.example");
    }
  }

  @Test
  void g10_a_name_server_that_does_not_answer_is_left_at_the_deadline() {
    HttpPolicy slow =
        HttpPolicy.builder()
            .resolver(
                host -> {
                  try {
                    end.await();
                  } catch (InterruptedException ignored) {
                    // As the system's resolver: deaf to interrupts.
                  }
                  return List.of();
                })
            .build();
    try (GuardedHttpClient waiting = GuardedHttpClient.create(slow)) {
      HttpCall call =
          HttpCall.builder("GET", "http://slow.example/").timeout(Duration.ofMillis(300)).build();
      assertThat(catchThrowableOfType(ActionException.class, () -> waiting.send(call)).code())
          .isEqualTo("FF-HTTP-TIMEOUT");
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void an_interrupt_ends_a_call_at_once() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    try (RawServer server =
        RawServer.answering(
            (head, out) -> {
              called.countDown();
              end.await();
            })) {
      FutureTask<Throwable> task =
          new FutureTask<>(
              () -> catchThrowableOfType(Throwable.class, () -> client.send(get(server).build())));
      Thread caller = new Thread(task);
      caller.start();
      called.await();
      caller.interrupt();
      assertThat(task.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void a_closed_client_refuses_calls() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.ok("x"))) {
      client.close();
      assertThat(failure(get(server)).code()).isEqualTo("FF-HTTP-CONNECT");
    }
  }
}
