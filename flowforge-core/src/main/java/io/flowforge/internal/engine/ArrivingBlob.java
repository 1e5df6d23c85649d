package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.blob.BlobFailures;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The content of a blob on its way in. Reading fails when it is longer or shorter than was told or
 * has another hash, before its end is seen, so that a store that reads it keeps nothing.
 */
final class ArrivingBlob extends InputStream {
  private final InputStream content;
  private final String id;
  private final long size;
  private final MessageDigest digest = BlobFailures.sha256();
  private long read;
  private boolean over;

  ArrivingBlob(InputStream content, String id, long size) {
    this.content = content;
    this.id = id;
    this.size = size;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    if (over || count == 0) {
      return over ? -1 : 0;
    }
    int some;
    try {
      some = content.read(target, from, count);
    } catch (IOException failed) {
      throw ArchiveReader.broken("blob " + id, failed);
    }
    if (some < 0) {
      end();
      return -1;
    }
    read += some;
    if (read > size) {
      throw wrong("has more than " + size + " bytes");
    }
    digest.update(target, from, some);
    return some;
  }

  private void end() {
    if (read < size) {
      throw wrong("has " + read + " bytes instead of " + size);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(id)) {
      throw wrong("has another content than its id says");
    }
    over = true;
  }

  private FlowForgeException wrong(String how) {
    return ArchiveReader.refused(
        "FF-IMPORT-ARCHIVE", "blob " + id + " in it " + how + "; export the execution again");
  }
}
