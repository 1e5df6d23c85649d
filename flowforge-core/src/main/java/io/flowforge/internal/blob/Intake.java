package io.flowforge.internal.blob;

import io.flowforge.FlowForgeException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Reads content in pieces up to a limit, and knows its hash at the end. */
final class Intake {
  private final InputStream content;
  private final long limit;
  private final MessageDigest digest = BlobFailures.sha256();
  private long size;

  Intake(InputStream content, long limit) {
    this.content = content;
    this.limit = limit;
  }

  /** The next piece, full but for the last; empty at the end. */
  byte[] next(int most) throws FlowForgeException {
    byte[] piece;
    try {
      piece = content.readNBytes(most);
    } catch (IOException unreadable) {
      throw BlobFailures.write("its source cannot be read", unreadable);
    }
    size += piece.length;
    if (size > limit) {
      throw BlobFailures.tooLarge(limit);
    }
    digest.update(piece);
    return piece;
  }

  long size() {
    return size;
  }

  /** Once all is read. */
  String id() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
