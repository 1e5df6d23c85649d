package io.flowforge.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** Another process with stores: it opens one for each line that it is told. */
final class OpenerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  OpenerProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OpenerProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Tells it a URL to connect to, or to open a store at after {@code open}. */
  void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Its next answer; null when it has ended. */
  String answer() throws IOException {
    return answers.readLine();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Answers each line with an id of an execution, or with what went wrong. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(obey(line));
    }
  }

  private static String obey(String line) {
    try {
      if (line.startsWith("open ")) {
        return open(line.substring("open ".length()));
      }
      try (Connection connection = DriverManager.getConnection(line)) {
        return connection.isValid(0) ? "connected" : "not connected";
      }
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String open(String url) {
    try (JdbcStore store = JdbcStore.at(url)) {
      store.open();
      return Steps.created(store, Steps.worker(store));
    }
  }
}
