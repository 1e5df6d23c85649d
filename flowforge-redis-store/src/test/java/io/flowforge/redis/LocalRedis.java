package io.flowforge.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** A Redis server of its own in a folder, which can be killed and started again. */
final class LocalRedis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = freePort();
  private final List<String> settings;
  private Process process;

  /**
   * Starts a server.
   *
   * @param folder where it keeps its files
   * @param settings as on its command line, such as {@code --appendonly yes}
   */
  LocalRedis(Path folder, String settings) {
    this.folder = folder;
    this.settings = settings.isBlank() ? List.of() : List.of(settings.split(" "));
    start();
  }

  /** A server that appends every write to its file, and syncs that every second. */
  static LocalRedis appending(Path folder) {
    return new LocalRedis(folder, "--appendonly yes --appendfsync everysec");
  }

  void start() {
    try {
      List<String> command = new ArrayList<>();
      command.add(Executable.FILE.getAbsolutePath());
      command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--save", "", "--dir", folder.toString()));
      command.addAll(settings);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException failed) {
      throw new IllegalStateException("cannot start the server", failed);
    }
    Eventually.holds(PATIENCE, this::answers);
  }

  private boolean answers() {
    try {
      return "PONG".equals(ask(RedisCommands::ping));
    } catch (RedisLoadingException loading) {
      return false;
    } catch (RedisException failed) {
      // A server that wants a password is there as well.
      return failed.getCause() instanceof RedisCommandExecutionException
          || failed instanceof RedisCommandExecutionException;
    }
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server does not die");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Sends it a signal, such as {@code STOP} and {@code CONT}. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Asks it something on a connection of its own. */
  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    RedisClient client = RedisClient.create(uri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    kill();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The server's program, unpacked once. */
  private static final class Executable {
    static final File FILE = unpack();

    private static File unpack() {
      try {
        return ExecutableProvider.newJarResourceProvider().get();
      } catch (IOException failed) {
        throw new IllegalStateException("cannot unpack the server", failed);
      }
    }
  }
}
