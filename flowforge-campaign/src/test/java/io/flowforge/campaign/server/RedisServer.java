package io.flowforge.campaign.server;

import io.flowforge.campaign.oracle.Resp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A Redis server that appends every write to its file, and can be killed and started again. */
public final class RedisServer implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 30_000;

  private final Path folder;
  private final File program;
  private final int port;
  private Process process;

  /**
   * Starts a server.
   *
   * @param folder where it keeps its files
   */
  public RedisServer(Path folder) {
    this.folder = folder;
    try {
      program = ExecutableProvider.newJarResourceProvider().get();
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    start();
  }

  /** Starts it, and waits until it answers. */
  public void start() {
    List<String> command = new ArrayList<>(List.of(program.getAbsolutePath()));
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", folder.toString()));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Await.until(PATIENCE_MILLIS, this::answers);
  }

  private boolean answers() {
    try (Resp connection = new Resp(port)) {
      return "PONG".equals(connection.call("PING"));
    } catch (IOException | IllegalStateException notYet) {
      return false;
    }
  }

  /** Kills it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the server does not die");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The process. */
  public long pid() {
    return process.pid();
  }

  /** Where it is. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Where it is. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    kill();
  }
}
