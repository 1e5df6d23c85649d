package io.flowforge.actions.http;

import io.flowforge.FlowForgeBuilder;
import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Against a server that answers with what it was sent, or on {@code /slow} not at all. */
class HttpActionContractTest extends ActionContract {
  private final CountDownLatch end = new CountDownLatch(1);
  private RawServer server;

  @BeforeEach
  void listen() throws IOException {
    server =
        RawServer.answering(
            (head, out) -> {
              if (head.startsWith("GET /slow")) {
                end.await();
              }
              out.write(RawServer.ok(head).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            });
  }

  @AfterEach
  void close() throws IOException {
    end.countDown();
    server.close();
  }

  @Override
  protected Action<?> action() {
    return new HttpAction();
  }

  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.SLOW, Feature.SECRET);
  }

  @Override
  protected FlowForgeBuilder prepare(FlowForgeBuilder builder) {
    return builder.service(HttpPolicy.class, HttpPolicy.builder().allowPrivateNetworks().build());
  }

  @Override
  protected Map<String, Object> exampleConfig() {
    return Map.of("url", server.url("/orders"), "query", Map.of("year", 2025));
  }

  @Override
  protected Map<String, Object> slowConfig() {
    return Map.of("url", server.url("/slow"), "timeout", "2m");
  }

  @Override
  protected Map<String, Object> secretConfig() {
    return Map.of(
        "url",
        server.url("/echo"),
        "auth",
        Map.of("type", "bearer", "credential", CREDENTIAL),
        "headers",
        Map.of("X-Also", "${credentials." + CREDENTIAL + "}"));
  }
}
