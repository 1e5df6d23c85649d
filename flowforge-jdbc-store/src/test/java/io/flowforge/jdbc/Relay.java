package io.flowforge.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a store and its server. It can swallow the answer to a statement and cut the
 * connection, so that the server has done what the client never hears of.
 */
final class Relay implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> trap = new AtomicReference<>();
  private final AtomicInteger caught = new AtomicInteger();
  private volatile boolean refusing;

  Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Swallows the answer to the next request that holds a text, and cuts that connection. */
  void cutAnswerTo(String text) {
    trap.set(text);
  }

  /** How many answers were swallowed. */
  int caught() {
    return caught.get();
  }

  /** Refuses new connections from the next swallowed answer on, until told otherwise. */
  void refuse(boolean now) {
    refusing = now;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing && trap.get() == null) {
          client.close();
          continue;
        }
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        AtomicReference<Boolean> mute = new AtomicReference<>(false);
        start(() -> requests(client, upstream, mute));
        start(() -> answers(client, upstream, mute));
      } catch (IOException ignored) {
        // The server is gone, or the relay is closed.
      }
    }
  }

  private void requests(Socket client, Socket upstream, AtomicReference<Boolean> mute) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        String text = trap.get();
        String request = new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
        if (text != null
            && request.replace("COMMITTED", "").contains(text)
            && trap.compareAndSet(text, null)) {
          mute.set(true);
        }
        out.write(buffer, 0, size);
      }
    } catch (IOException ignored) {
      // One side is gone, so the other goes too.
    } finally {
      close(client, upstream);
    }
  }

  private void answers(Socket client, Socket upstream, AtomicReference<Boolean> mute) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (mute.get()) {
          caught.incrementAndGet();
          return;
        }
        out.write(buffer, 0, size);
      }
    } catch (IOException ignored) {
      // One side is gone, so the other goes too.
    } finally {
      close(client, upstream);
    }
  }

  private void close(Socket... both) {
    for (Socket socket : both) {
      sockets.remove(socket);
      try {
        socket.close();
      } catch (IOException ignored) {
        // It is closed already.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    close(sockets.toArray(Socket[]::new));
  }
}
