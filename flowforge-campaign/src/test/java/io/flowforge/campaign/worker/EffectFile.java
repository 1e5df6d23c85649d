package io.flowforge.campaign.worker;

import io.flowforge.spi.ActionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The world outside: one line for each effect, each by one write that appends, so that a process
 * that dies leaves whole lines.
 *
 * <p>A line holds the key, a hash of the input, the epoch, the attempt, the process, a number that
 * rises within the process, the execution and the path, with spaces between.
 */
final class EffectFile implements AutoCloseable {
  private final FileChannel file;
  private final AtomicLong last = new AtomicLong();

  EffectFile(Path path) {
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void add(ActionContext context, Object input) {
    String line =
        String.join(
                " ",
                context.idempotencyKey(),
                hash(String.valueOf(input)),
                String.valueOf(context.fencingToken()),
                String.valueOf(context.attempt()),
                String.valueOf(ProcessHandle.current().pid()),
                String.valueOf(last.incrementAndGet()),
                context.executionId(),
                context.path())
            + "\n";
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      int length = bytes.remaining();
      if (file.write(bytes) != length) {
        throw new IOException("the line was cut short");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String hash(String input) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
