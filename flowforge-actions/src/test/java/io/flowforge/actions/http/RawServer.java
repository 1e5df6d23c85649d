package io.flowforge.actions.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that says exactly what a test wants, well-formed or not. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** What to answer to a request whose head has been read. */
  interface Script {
    void answer(String head, OutputStream out) throws Exception;
  }

  private RawServer(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static RawServer answering(Script script) throws IOException {
    return new RawServer(script);
  }

  static RawServer answering(String... answers) throws IOException {
    java.util.Iterator<String> next = List.of(answers).iterator();
    String last = answers[answers.length - 1];
    return new RawServer(
        (head, out) -> {
          synchronized (next) {
            out.write((next.hasNext() ? next.next() : last).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  static String redirect(int status, String location) {
    return "HTTP/1.1 "
        + status
        + " Moved\r\nLocation: "
        + location
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  int port() {
    return socket.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      if (head.length() > 0) {
        requests.add(head.toString());
        script.answer(head.toString(), client.getOutputStream());
        client.getOutputStream().flush();
      }
    } catch (Exception ignored) {
      // The other side may leave at any time: that is what is tested.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
