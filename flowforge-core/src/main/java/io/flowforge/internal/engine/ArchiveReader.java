package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ArchiveWriter} wrote, or a document without an archive around it. It may come
 * from strangers: names that are not expected are refused, nothing becomes a file, and as much is
 * taken as the caller allows.
 */
final class ArchiveReader {
  private static final Pattern BLOB = Pattern.compile("blobs/([0-9a-f]{64})");

  private final BufferedInputStream from;
  private @Nullable ZipInputStream zip;

  /** From a stream that is not closed. */
  ArchiveReader(InputStream from) {
    this.from = new BufferedInputStream(from);
  }

  /** The document; of at most so many bytes. */
  String document(int most) {
    try {
      from.mark(2);
      boolean zipped = from.read() == 'P' && from.read() == 'K';
      from.reset();
      if (!zipped) {
        return text(from, most);
      }
      ZipInputStream archive = new ZipInputStream(from);
      zip = archive;
      ZipEntry first = archive.getNextEntry();
      if (first == null || !first.getName().equals(ArchiveWriter.DOCUMENT)) {
        throw refused(
            "FF-IMPORT-FORMAT",
            "it does not begin with " + ArchiveWriter.DOCUMENT + " as export's");
      }
      return text(archive, most);
    } catch (IOException | IllegalArgumentException failed) {
      throw broken(ArchiveWriter.DOCUMENT, failed);
    }
  }

  private static String text(InputStream from, int most) throws IOException {
    byte[] bytes = from.readNBytes(most);
    if (from.read() >= 0) {
      throw refused("FF-IMPORT-SIZE", "its document has more than " + most + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The id of the blob that comes next; null behind the last. */
  @Nullable String nextBlob() {
    if (zip == null) {
      return null;
    }
    try {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        return null;
      }
      var name = BLOB.matcher(entry.getName());
      if (!name.matches()) {
        throw refused("FF-IMPORT-ARCHIVE", "it has an entry " + Shown.quoted(entry.getName()));
      }
      return name.group(1);
    } catch (IOException | IllegalArgumentException failed) {
      throw broken("the next of its blobs", failed);
    }
  }

  /** The content of the blob that {@link #nextBlob} has named. */
  InputStream content(String id, long size) {
    if (zip == null) {
      throw new IllegalStateException("no blob is next");
    }
    return new ArrivingBlob(zip, id, size);
  }

  /** Why an archive is not taken. */
  static FlowForgeException refused(String code, String why) {
    return new FlowForgeException(code, "the archive is refused: " + why);
  }

  /** It cannot be read any further. */
  static FlowForgeException broken(String where, Exception failed) {
    return new FlowForgeException(
        "FF-IMPORT-ARCHIVE",
        "the archive is cut off, damaged or not readable at "
            + where
            + ": "
            + failed.getMessage()
            + "; export the execution again, or copy the archive again",
        Map.of(),
        false,
        failed);
  }
}
