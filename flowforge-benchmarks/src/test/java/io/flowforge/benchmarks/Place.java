package io.flowforge.benchmarks;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.redis.RedisStore;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A database of its own for a measurement, with the settings it has when nobody changes them.
 *
 * @param name {@code h2}, {@code postgresql} or {@code redis}
 * @param url where it is
 * @param closing ends the server
 */
record Place(String name, String url, Closeable closing) implements Closeable {
  static Place open(String name) throws IOException {
    return switch (name) {
      case "h2" -> {
        Path folder = Files.createTempDirectory("flowforge-durable");
        yield new Place(name, "jdbc:h2:file:" + folder.resolve("db") + ";WRITE_DELAY=0", () -> {});
      }
      case "postgresql" -> {
        EmbeddedPostgres server = durable(EmbeddedPostgres.builder()).start();
        yield new Place(name, server.getJdbcUrl("postgres", "postgres"), server);
      }
      case "redis" -> redis();
      default -> throw new IllegalArgumentException("h2, postgresql or redis, not " + name);
    };
  }

  /** The embedded server is set to be quick and to forget; this undoes it. */
  private static EmbeddedPostgres.Builder durable(EmbeddedPostgres.Builder server) {
    return server
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100");
  }

  private static Place redis() throws IOException {
    Path folder = Files.createTempDirectory("flowforge-durable");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process server =
        new ProcessBuilder(
                ExecutableProvider.newJarResourceProvider().get().getAbsolutePath(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new Place("redis", "redis://127.0.0.1:" + port, server::destroy);
  }

  boolean isRedis() {
    return name.equals("redis");
  }

  FlowStore store() {
    return store(url);
  }

  static FlowStore store(String url) {
    return url.startsWith("redis:")
        ? RedisStore.builder(url).acceptDurability(Durability.PROCESS_CRASH).build()
        : JdbcStore.at(url);
  }

  /** Processor time of the server so far, in microseconds; 0 where it is a part of this process. */
  long serverMicros() {
    long ticks = 0;
    int last = 14;
    for (ProcessHandle server : servers()) {
      try {
        String line = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        for (int field = 11; field <= last; field++) {
          ticks += Long.parseLong(fields[field]);
        }
      } catch (IOException ignored) {
        // It has ended meanwhile, and counts with the first.
      }
      // Only the first counts its children that have ended.
      last = 12;
    }
    return ticks * 10_000;
  }

  /** The process that listens, and its children. */
  private List<ProcessHandle> servers() {
    String port = url.replaceAll("^.*:(\\d+).*$", "$1");
    List<ProcessHandle> servers = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(
            one ->
                one.info()
                        .commandLine()
                        .orElse("")
                        .matches(".*(postgres|redis).*\\b" + port + "\\b.*")
                    && !one.info().command().orElse("").endsWith("java"))
        .findFirst()
        .ifPresent(
            first -> {
              servers.add(first);
              first.children().forEach(servers::add);
            });
    return servers;
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
