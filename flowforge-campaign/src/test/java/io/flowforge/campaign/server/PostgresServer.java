package io.flowforge.campaign.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server that can be killed, stopped and started again.
 *
 * <p>The library makes it and starts it once; from then on it is the program in its own folder,
 * started with the words it was started with.
 */
public final class PostgresServer implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  private final Path data;
  private final String url;
  private final List<String> command;
  private ProcessHandle server;

  /**
   * Starts a server.
   *
   * @param folder where it keeps its files; must not be there yet
   */
  public PostgresServer(Path folder) {
    this.data = folder;
    try {
      // The library switches off what makes commits durable. It stops nothing by itself, as it is
      // never closed; this object does.
      EmbeddedPostgres library =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setCleanDataDirectory(false)
              .setServerConfig("max_connections", "200")
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      url = library.getJdbcUrl("postgres", "postgres");
      server = running();
      command = commandOf(server);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private ProcessHandle running() throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static List<String> commandOf(ProcessHandle process) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    List<String> words =
        new ArrayList<>(
            List.of(Files.readString(proc.resolve("cmdline"), StandardCharsets.UTF_8).split("\0")));
    words.set(0, proc.resolve("exe").toRealPath().toString());
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root; in a user namespace of its own it is nobody.
      words.addAll(0, List.of("unshare", "-U"));
    }
    return words;
  }

  /** Kills it as {@code kill -9} does, with the processes of its connections. */
  public void kill() {
    List<ProcessHandle> children = server.children().toList();
    server.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    Await.until(PATIENCE_MILLIS, () -> !Signals.isAlive(server));
    children.forEach(child -> Await.until(PATIENCE_MILLIS, () -> !Signals.isAlive(child)));
  }

  /** Waits until all of it has ended, whoever ends it. */
  public void awaitEnd() {
    Await.until(PATIENCE_MILLIS, () -> !Signals.isAlive(server));
  }

  /** Starts it again, and waits until it answers. */
  public void start() {
    Await.until(
        PATIENCE_MILLIS,
        () -> {
          try {
            // A lock file of the killed one may be there for a moment; then this one ends at once.
            File log = data.resolveSibling(data.getFileName() + ".log").toFile();
            Process started =
                new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            Await.until(PATIENCE_MILLIS, () -> !started.isAlive() || answers());
            server = started.toHandle();
            return started.isAlive();
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** The main process. */
  public long pid() {
    return server.pid();
  }

  /** Where it is. */
  public String url() {
    return url;
  }

  /** Has it do something. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
