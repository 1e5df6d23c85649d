package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an exported execution with its blobs as a zip archive: {@code execution.json}, then {@code
 * blobs/ID} for each. Nothing is held in memory but a piece of one. The same execution gives the
 * same bytes.
 */
final class ArchiveWriter implements AutoCloseable {
  static final String DOCUMENT = "execution.json";
  static final String BLOBS = "blobs/";

  private static final int PIECE = 64 << 10;

  /** No time of the host: the least that a zip can tell. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final OutputStream to;
  private final Zip zip;

  /** To a stream that is not closed. */
  ArchiveWriter(OutputStream to) {
    this.to = new BufferedOutputStream(to, PIECE);
    this.zip = new Zip(this.to);
    // What is large is often compressed already.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** An archive that broke off must not get an end that makes it look whole. */
  private static final class Zip extends ZipOutputStream {
    Zip(OutputStream to) {
      super(to);
    }

    void free() {
      def.end();
    }
  }

  void document(String text) {
    begin(DOCUMENT);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
    end();
  }

  /** Writes the content of a blob, which fails as reading it does. */
  void blob(String id, InputStream content) throws IOException {
    begin(BLOBS + id);
    byte[] piece = new byte[PIECE];
    for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
      write(piece, read);
    }
    end();
  }

  /** Ends an archive that is whole. */
  void finish() {
    try {
      zip.finish();
      to.flush();
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private void begin(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    try {
      zip.putNextEntry(entry);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private void write(byte[] piece, int count) {
    try {
      zip.write(piece, 0, count);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private void end() {
    try {
      zip.closeEntry();
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private static FlowForgeException unwritable(IOException failed) {
    return new FlowForgeException(
        "FF-EXPORT-WRITE",
        "the archive could not be written: " + failed.getMessage() + "; throw away what is there",
        Map.of(),
        true,
        failed);
  }

  @Override
  public void close() {
    zip.free();
  }
}
