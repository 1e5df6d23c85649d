package io.flowforge.internal.blob;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Blob;
import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain values of outputs. What is too large to stand in a value is written as a blob, and a
 * reference to it is the output: text and JSON as such, bytes as they are, streams always.
 *
 * <p>The blob is there before anybody sees the reference.
 */
public final class Outputs {
  /** A value that is to become a blob is made in memory first. */
  private static final long MOST = 64L << 20;

  /** Not worth a blob, which has a reference of some 130 bytes. */
  private static final int SMALL = 1024;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";

  private final Contents contents;
  private final long inline;
  private final long total;

  /**
   * Outputs of an engine.
   *
   * @param store where large ones go; null refuses them
   * @param inline the most bytes of a value
   * @param total the most bytes of all values of an execution
   */
  public Outputs(@Nullable BlobStore store, long inline, long total, LongSupplier clock) {
    this.contents = new Contents(store, clock);
    this.inline = inline;
    this.total = total;
  }

  public Blobs blobs() {
    return contents;
  }

  /** Whether there is somewhere to write large outputs to. */
  public boolean canWrite() {
    return contents.isThere();
  }

  public long inline() {
    return inline;
  }

  public long total() {
    return total;
  }

  /** The plain value of an output, a reference when it is too large. */
  public @Nullable Object plain(@Nullable Object output) {
    if (!canWrite()) {
      return Values.normalise(output, inline);
    }
    if (output instanceof InputStream stream) {
      return written(stream);
    }
    if (output instanceof byte[] bytes && bytes.length / 3 * 4L > inline) {
      return plainOf(contents.write(bytes, BYTES));
    }
    Object plain = Values.normalise(output, Math.max(inline, MOST));
    return Values.size(plain) > inline ? away(plain) : plain;
  }

  private Object written(InputStream stream) {
    try (stream) {
      return plainOf(contents.write(stream, BYTES));
    } catch (IOException failed) {
      throw BlobFailures.write("its source cannot be closed", failed);
    }
  }

  private Object away(@Nullable Object plain) {
    return plainOf(
        plain instanceof String text
            ? contents.write(text.getBytes(StandardCharsets.UTF_8), TEXT)
            : contents.write(Json.bytes(plain), JSON));
  }

  private static Object plainOf(Blob blob) {
    return Objects.requireNonNull(Values.normalise(blob.toValue()));
  }

  /** A plain value that there is no room for in its execution any more. */
  public Object spilled(@Nullable Object plain, long size) {
    if (canWrite() && size > SMALL) {
      return away(plain);
    }
    throw new FlowForgeException(
        "FF-EXECUTION-SIZE",
        "the outputs of this execution come to more than "
            + total
            + " bytes; return less, or references to data elsewhere",
        Map.of("limit", total),
        false,
        null);
  }
}
