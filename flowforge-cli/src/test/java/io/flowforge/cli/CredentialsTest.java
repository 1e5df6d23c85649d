package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in an H2 file, each command as if in a process of its own. */
class CredentialsTest {
  private static final String SECRET = "s3cret-of-crm";

  @TempDir Path folder;
  private InStore store;
  private Path keys;
  private HttpServer server;
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void makes_a_key_and_a_server() throws IOException {
    store = new InStore(folder);
    keys = folder.resolve("keys");
    assertThat(CommandLineRun.of("keyring", "new", keys.toString()).code()).isZero();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          sent.add(String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    server.start();
  }

  @AfterEach
  void stops_the_server() {
    server.stop(0);
  }

  @Test
  void a_flow_uses_a_credential_that_nobody_sees() throws Exception {
    CommandLineRun put = put(SECRET + "\n", "127.0.0.1");
    assertThat(put.code()).isZero();
    assertThat(put.at("hosts")).isEqualTo(List.of("127.0.0.1"));
    assertThat(put.at("fields")).isEqualTo(List.of("value"));
    CommandLineRun run = call("--keyring", keys.toString());
    assertThat(run.code()).isZero();
    assertThat(sent).containsExactly("Bearer " + SECRET);
    CommandLineRun list = store.run("credentials", "list");
    assertThat(values(list, "name")).containsExactly("crm");
    assertThat(put.out() + put.err() + run.out() + run.err() + list.out()).doesNotContain(SECRET);
  }

  @Test
  void without_a_keyring_or_for_another_host_nothing_is_sent() throws Exception {
    put(SECRET, "api.example.org");
    assertThat(call().at("error", "code")).isEqualTo("FF-CRED-UNKNOWN");
    assertThat(call("--keyring", keys.toString()).at("error", "code")).isEqualTo("FF-CRED-HOST");
    assertThat(sent).isEmpty();
  }

  @Test
  void a_retry_uses_the_credential_that_was_put_since() throws Exception {
    put(SECRET, "api.example.org");
    call("--keyring", keys.toString(), "--execution-id", "x");
    put("renewed", "127.0.0.1");
    String[] retry = {
      "executions", "retry", "x", "--allow-private-network", "--keyring", keys.toString()
    };
    assertThat(store.run(retry).code()).isZero();
    assertThat(sent).containsExactly("Bearer renewed");
  }

  @Test
  void several_fields_come_as_json() {
    CommandLineRun put =
        put("{\"user\": \"ada\", \"password\": \"" + SECRET + "\"}", "*", "--fields");
    assertThat(put.at("fields")).isEqualTo(List.of("password", "user"));
    for (String bad : List.of("[\"" + SECRET + "\"]", "{\"p\": 1}", "{\"p\": \"" + SECRET, "")) {
      CommandLineRun refused = put(bad, "*", "--fields");
      assertThat(refused.code()).as(bad).isEqualTo(2);
      assertThat(refused.out() + refused.err())
          .as(bad)
          .contains("JSON object")
          .doesNotContain("s3");
    }
  }

  @Test
  void what_is_no_secret_is_refused() {
    assertThat(put("\n", "*").err()).contains("holds no secret");
    assertThat(put("x".repeat(20_000), "*").err()).contains("at most 16384");
    assertThat(put("x".repeat(2_000_000), "*").err()).contains("at most 1048576 bytes");
    assertThat(put(SECRET, "https://host/").err()).contains("without scheme");
    assertThat(values(store.run("credentials", "list"), "name")).isEmpty();
  }

  @Test
  void credentials_of_a_tenant_are_its_own() {
    put(SECRET, "*", "--tenant", "acme", "--description", "of acme");
    assertThat(values(store.run("credentials", "list"), "name")).isEmpty();
    CommandLineRun own = store.run("credentials", "list", "--tenant", "acme");
    assertThat(values(own, "description")).containsExactly("of acme");
    assertThat(store.run("credentials", "delete", "crm").at("error", "code"))
        .isEqualTo("FF-CRED-UNKNOWN");
    assertThat(store.run("credentials", "delete", "crm", "--tenant", "acme").at("deleted"))
        .isEqualTo(true);
    assertThat(values(store.run("credentials", "list", "--tenant", "acme"), "name")).isEmpty();
  }

  @Test
  void keys_are_changed_and_old_ones_taken_away() throws Exception {
    put(SECRET, "127.0.0.1");
    CommandLineRun added = CommandLineRun.of("keyring", "add", keys.toString(), "--id", "next");
    assertThat(added.at("keyId")).isEqualTo("next");
    assertThat(Files.readAllLines(keys)).hasSize(2);
    CommandLineRun rotated = store.run("credentials", "rotate", "--keyring", keys.toString());
    assertThat(rotated.document()).isEqualTo(Map.of("rotated", 1, "keyId", "next"));
    Files.write(keys, Files.readAllLines(keys).subList(0, 1));
    assertThat(call("--keyring", keys.toString()).code()).isZero();
    assertThat(CommandLineRun.of("keyring", "add", keys.toString(), "--id", "next").code())
        .isEqualTo(2);
  }

  @Test
  void a_key_is_for_its_owner_only_and_is_never_printed() throws Exception {
    assertThat(CommandLineRun.of("keyring", "new", keys.toString()).at("error", "code"))
        .isEqualTo("FF-CLI-FILE");
    CommandLineRun other = CommandLineRun.of("keyring", "new", folder.resolve("other").toString());
    String key = Files.readString(folder.resolve("other")).split(":")[1].strip();
    assertThat(key).hasSize(44);
    assertThat(other.out() + other.err()).doesNotContain(key);
    if (Files.getFileAttributeView(keys, PosixFileAttributeView.class) == null) {
      return; // no such rights on this file system
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rw-------");
    assertThat(put(SECRET, "*").err()).isEmpty();
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(put(SECRET, "*").err()).contains("chmod 600");
  }

  private CommandLineRun put(String input, String host, String... options) {
    List<String> args =
        List.of(
            "credentials",
            "put",
            "crm",
            "--host",
            host,
            "--keyring",
            keys.toString(),
            "--store",
            store.url());
    return CommandLineRun.reading(input, InStore.with(args, options));
  }

  private CommandLineRun call(String... options) throws IOException {
    String flow =
        """
        id: calls
        nodes:
          call: {type: http, config: {url: "http://127.0.0.1:%d/", auth: {type: bearer, credential: crm}}}
        """;
    Path file = folder.resolve("calls.yaml");
    Files.writeString(file, flow.formatted(server.getAddress().getPort()));
    List<String> args = List.of("run", file.toString(), "--allow-private-network");
    return store.run(InStore.with(args, options));
  }

  private static List<Object> values(CommandLineRun list, String name) {
    return ((List<?>) list.at("credentials"))
        .stream().<Object>map(line -> ((Map<?, ?>) line).get(name)).toList();
  }
}
