package io.flowforge.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what docs/actions.md shows, and asks that it tells of every action and config key. */
class ActionsDocTest {
  private static final Path PAGE = Path.of("../docs/actions.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n(.*?)```\n```json\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path root;
  private HttpServer server;

  @BeforeEach
  void prepare() throws IOException {
    Path data = Files.createDirectories(root.resolve("data"));
    Files.writeString(
        data.resolve("orders.csv"),
        """
        region,customer,total,paid
        north,Ann,12.5,true
        north,Bob,10,false
        south,Cid,7.5,true
        north,Ann,30,true
        """);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/orders",
        exchange -> {
          byte[] body = "{\"id\": 17}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  static Stream<Example> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> new Example(found.group(1), found.group(2)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_gives_what_the_page_says(Example example) {
    String here = "http://127.0.0.1:" + server.getAddress().getPort();
    Flow flow = Flow.parse(example.flow.replace("https://api.example.com", here));
    try (FlowForge forge =
        FlowForge.builder()
            .service(FilePolicy.class, FilePolicy.of(root))
            .service(HttpPolicy.class, HttpPolicy.builder().allowPrivateNetworks().build())
            .credential("orders", Secret.of("0rders-token"))
            .build()) {
      ExecutionResult result = forge.start(flow, Map.of()).await(Duration.ofSeconds(20));
      assertThat(result.status()).as("%s", result.error()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(Json.write(result.outputs())).isEqualTo(Json.write(Json.parse(example.outputs)));
    }
  }

  @Test
  void every_action_alias_and_config_key_is_on_the_page() throws IOException {
    String page = Files.readString(PAGE);
    for (Action<?> action : ServiceLoader.load(Action.class)) {
      if (action.getClass().getName().startsWith("io.flowforge.actions.")) {
        assertThat(page.lines()).contains("## " + action.descriptor().type());
        Stream.of(action.descriptor().config().getRecordComponents())
            .forEach(
                part ->
                    assertThat(page.contains("`" + part.getName() + "`"))
                        .as(part.getName())
                        .isTrue());
        action.descriptor().aliases().stream()
            .filter(alias -> alias.matches("[a-z-]+"))
            .forEach(alias -> assertThat(page.contains("`" + alias + "`")).as(alias).isTrue());
      }
    }
    assertThat(examples().toList()).hasSizeGreaterThanOrEqualTo(10);
  }

  /**
   * What the page shows.
   *
   * @param flow YAML
   * @param outputs JSON
   */
  record Example(String flow, String outputs) {
    @Override
    public String toString() {
      return List.of(flow.split("\n")).get(0);
    }
  }
}
