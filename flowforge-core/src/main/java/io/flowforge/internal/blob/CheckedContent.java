package io.flowforge.internal.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hashes what is read, and fails at the end when it is not what the id says. */
final class CheckedContent extends FilterInputStream {
  private final String id;
  private final MessageDigest digest = BlobFailures.sha256();
  private boolean over;

  CheckedContent(InputStream content, String id) {
    super(content);
    this.id = id;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte @Nullable [] target, int from, int count) throws IOException {
    int read = in.read(target, from, count);
    if (read > 0 && target != null) {
      digest.update(target, from, read);
    } else if (read < 0 && !over) {
      over = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(id)) {
        throw new IOException("blob " + id + " is damaged: its content has another hash");
      }
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] waste = new byte[(int) Math.max(0, Math.min(count, 8192))];
    return Math.max(0, read(waste, 0, waste.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
