package io.flowforge.campaign.oracle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to Redis that knows the protocol and nothing else. */
public final class Resp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * Connects.
   *
   * @param port of this host
   */
  public Resp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * Calls the server.
   *
   * @param words command and arguments
   * @return a text, a Long, a list of such, or null
   * @throws IllegalStateException when the server answers with an error
   */
  public @Nullable Object call(String... words) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
    for (String word : words) {
      byte[] text = word.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(("$" + text.length + "\r\n").getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(text);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.write(bytes.toByteArray());
    out.flush();
    return answer();
  }

  /**
   * Calls the server for a list of texts.
   *
   * @param words command and arguments
   * @return the texts; the empty text for one that is not there
   */
  public List<String> texts(String... words) throws IOException {
    List<String> texts = new ArrayList<>();
    if (call(words) instanceof List<?> all) {
      all.forEach(one -> texts.add(one == null ? "" : String.valueOf(one)));
    }
    return texts;
  }

  private @Nullable Object answer() throws IOException {
    int kind = in.read();
    String line = line();
    return switch (kind) {
      case '+' -> line;
      case '-' -> throw new IllegalStateException(line);
      case ':' -> Long.valueOf(line);
      case '$' -> bulk(Integer.parseInt(line));
      case '*' -> list(Integer.parseInt(line));
      default -> throw new EOFException("the server has hung up");
    };
  }

  private List<Object> list(int length) throws IOException {
    List<Object> all = new ArrayList<>();
    for (int left = length; left > 0; left--) {
      all.add(answer());
    }
    return all;
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\r') {
      if (next < 0) {
        throw new EOFException("the server has hung up");
      }
      line.write(next);
      next = in.read();
    }
    in.skipNBytes(1);
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
