package io.flowforge.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.flowforge.spi.ActionException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own for {@code good.example}. */
class HttpTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private SSLContext keys;
  private HttpsServer server;
  private GuardedHttpClient client;

  @BeforeEach
  void listen() throws Exception {
    keys = keys(folder.resolve("keys.p12"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(keys));
    server.createContext(
        "/",
        exchange -> {
          boolean away = exchange.getRequestURI().getPath().equals("/away");
          exchange.getResponseHeaders().set("Location", "http://good.example/");
          exchange.sendResponseHeaders(away ? 302 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.stop(0);
  }

  private static SSLContext keys(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=good.example",
                "-ext",
                "SAN=dns:good.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private HttpPolicy.Builder policy() {
    return HttpPolicy.builder()
        .allowPrivateNetworks()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()));
  }

  private HttpCall call(String host, String path) {
    String url = "https://" + host + ":" + server.getAddress().getPort() + path;
    return HttpCall.builder("GET", url).followRedirects(1).build();
  }

  private String refusal(HttpCall call) {
    return catchThrowableOfType(ActionException.class, () -> client.send(call)).code();
  }

  @Test
  void b_ss_the_name_is_verified_although_the_address_was_chosen() throws Exception {
    client = GuardedHttpClient.create(policy().sslContext(keys).build());
    assertThat(client.send(call("good.example", "/")).status()).isEqualTo(204);
    assertThat(refusal(call("other.example", "/"))).isEqualTo("FF-HTTP-TLS");
    assertThat(refusal(call("127.0.0.1", "/"))).isEqualTo("FF-HTTP-TLS");
  }

  @Test
  void an_unknown_certificate_is_refused() {
    client = GuardedHttpClient.create(policy().build());
    assertThat(refusal(call("good.example", "/"))).isEqualTo("FF-HTTP-TLS");
  }

  @Test
  void b_ss_a_redirect_from_https_to_http_is_refused() {
    client = GuardedHttpClient.create(policy().sslContext(keys).build());
    assertThat(refusal(call("good.example", "/away"))).isEqualTo("FF-HTTP-REDIRECT");
  }
}
