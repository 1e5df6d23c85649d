package io.flowforge.campaign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.campaign.oracle.Resp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers come back from the dead with what they acknowledged. */
final class ServersTest {
  @TempDir Path folder;

  @Test
  void postgres_keeps_what_it_committed_before_it_was_killed() throws Exception {
    try (PostgresServer server = new PostgresServer(folder.resolve("data"))) {
      server.execute("CREATE TABLE t (n INTEGER)");
      server.execute("INSERT INTO t VALUES (7)");
      long killed = server.pid();
      server.kill();
      server.start();
      assertThat(server.pid()).isNotEqualTo(killed);
      try (Connection connection = DriverManager.getConnection(server.url());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(7);
      }
    }
  }

  @Test
  void redis_keeps_what_it_acknowledged_before_it_was_killed() throws Exception {
    try (RedisServer server = new RedisServer(Files.createDirectory(folder.resolve("redis")))) {
      try (Resp connection = new Resp(server.port())) {
        connection.call("SET", "n", "7");
      }
      server.kill();
      server.start();
      try (Resp connection = new Resp(server.port())) {
        assertThat(connection.call("GET", "n")).isEqualTo("7");
      }
    }
  }

  @Test
  void a_stopped_process_is_seen_to_stand_still() {
    try (RedisServer server = new RedisServer(folder)) {
      Signals.send("STOP", server.pid());
      assertThat(Await.holds(10_000, () -> Signals.state(server.pid()) == 'T')).isTrue();
      Signals.send("CONT", server.pid());
      assertThat(Await.holds(10_000, () -> Signals.state(server.pid()) != 'T')).isTrue();
    }
  }
}
