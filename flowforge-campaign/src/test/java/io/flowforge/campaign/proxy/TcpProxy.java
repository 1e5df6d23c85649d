package io.flowforge.campaign.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and its server on this machine, and treats their connections as networks
 * do.
 *
 * <p>As in TCP no byte is lost within a connection that goes on: what a hole swallows is held, and
 * comes when the hole is gone, unless the connection was left half open for good.
 */
public final class TcpProxy implements AutoCloseable {
  /** What happens to connections. */
  public enum Mode {
    /** Nothing. */
    PASS,
    /** Connections are closed, new ones are refused. */
    REFUSE,
    /** Connections are reset, new ones as soon as they are made. */
    RESET,
    /** Nothing comes through, either way. */
    HOLE,
    /** Requests come through, replies do not. */
    MUTE,
    /** Each piece comes a tenth of a second late. */
    DELAY,
    /** A piece is at most 64 bytes, and there are a hundred of them in a second each way. */
    THROTTLE
  }

  private static final long LOOK_NANOS = 2_000_000;
  private static final long DELAY_NANOS = 100_000_000;
  private static final long DRIP_NANOS = 10_000_000;
  private static final int DRIP = 64;

  private final int target;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger repliesLeft = new AtomicInteger();
  private volatile String marker = "";
  private volatile Mode mode = Mode.PASS;
  private volatile boolean closed;
  private @Nullable ServerSocket server;

  /**
   * Begins to listen.
   *
   * @param target port of the server on this machine
   */
  public TcpProxy(int target) {
    this.target = target;
    this.port = listen(0);
  }

  /** Where clients are to connect on this machine. */
  public int port() {
    return port;
  }

  /** How many replies were held for good. */
  public int held() {
    return held.get();
  }

  /** How many connections there are. */
  public int connections() {
    return links.size();
  }

  /** From now on connections are treated so. */
  public synchronized void mode(Mode next) {
    mode = next;
    if (next == Mode.REFUSE) {
      deaf();
    } else if (server == null && !closed) {
      listen(port);
    }
    if (next == Mode.REFUSE || next == Mode.RESET) {
      links.forEach(Link::reset);
    }
  }

  /** The connections of now stay open, but nothing ever comes through again; new ones are sound. */
  public void halfOpen() {
    links.forEach(link -> link.silent = true);
  }

  /** Once so many bytes of replies have come through, the connection that had the last is reset. */
  public void cutAfter(long bytes) {
    budget.set(bytes);
  }

  /**
   * The n-th reply with a text in it never comes, nor does anything behind it on that connection,
   * which stays open.
   *
   * @param text such as {@code COMMIT}, with which PostgreSQL answers a commit
   * @param n from 1
   */
  public void holdReply(String text, int n) {
    marker = text;
    repliesLeft.set(n);
  }

  private synchronized int listen(int wanted) {
    try {
      ServerSocket fresh = new ServerSocket();
      fresh.setReuseAddress(true);
      fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      server = fresh;
      start(() -> accept(fresh));
      return fresh.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private synchronized void deaf() {
    ServerSocket listening = server;
    server = null;
    if (listening != null) {
      closeQuietly(listening);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
        links.add(link);
        start(() -> pump(link, link.client, link.server, false));
        start(() -> pump(link, link.server, link.client, true));
        if (mode == Mode.RESET || closed) {
          link.reset();
        }
      } catch (IOException ignored) {
        // Nobody listens any more, or the server is gone: the client finds out by itself.
      }
    }
  }

  private void pump(Link link, Socket from, Socket to, boolean replies) {
    byte[] buffer = new byte[1 << 16];
    try {
      int size = from.getInputStream().read(buffer, 0, piece());
      while (size >= 0 && comes(link, buffer, size, replies)) {
        to.getOutputStream().write(buffer, 0, size);
        size = from.getInputStream().read(buffer, 0, piece());
      }
      links.remove(link);
      closeQuietly(link.client);
      closeQuietly(link.server);
    } catch (IOException gone) {
      link.reset();
    }
  }

  private int piece() {
    return mode == Mode.THROTTLE ? DRIP : 1 << 16;
  }

  /** Waits until a piece may come through; false when the connection is to end instead. */
  private boolean comes(Link link, byte[] buffer, int size, boolean replies) {
    if (mode == Mode.DELAY || mode == Mode.THROTTLE) {
      pause(mode == Mode.DELAY ? DELAY_NANOS : DRIP_NANOS);
    }
    if (replies && !marker.isEmpty() && isMarked(buffer, size)) {
      held.incrementAndGet();
      link.silent = true;
    }
    while (isHeld(link, replies) && !link.client.isClosed()) {
      pause(LOOK_NANOS);
    }
    if (replies && budget.get() != Long.MAX_VALUE && budget.addAndGet(-size) <= 0) {
      budget.set(Long.MAX_VALUE);
      link.reset();
    }
    return !link.client.isClosed();
  }

  private boolean isMarked(byte[] buffer, int size) {
    return repliesLeft.get() > 0
        && new String(buffer, 0, size, StandardCharsets.ISO_8859_1).contains(marker)
        && repliesLeft.decrementAndGet() == 0;
  }

  private boolean isHeld(Link link, boolean replies) {
    return link.silent || mode == Mode.HOLE || (mode == Mode.MUTE && replies);
  }

  private static void pause(long nanos) {
    LockSupport.parkNanos(nanos);
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception ignored) {
      // It is closed already.
    }
  }

  @Override
  public void close() {
    closed = true;
    deaf();
    links.forEach(Link::reset);
  }

  /** One connection: its two halves. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean silent;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    /** Ends both halves at once, without a word. */
    void reset() {
      links.remove(this);
      for (Socket half : new Socket[] {client, server}) {
        try {
          half.setSoLinger(true, 0);
        } catch (IOException ignored) {
          // It is closed already.
        }
        closeQuietly(half);
      }
    }
  }
}
