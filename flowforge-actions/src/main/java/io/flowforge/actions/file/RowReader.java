package io.flowforge.actions.file;

import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.io.Reader;

/**
 * Watches the characters of a CSV text on their way to the parser, which would hold any cell that
 * never ends in memory.
 */
final class RowReader extends Reader {
  /** Longest row in characters; a quote that is never closed makes one row of all that follows. */
  static final int MAX_ROW = 4 << 20;

  private final Reader in;
  private boolean first = true;
  private boolean quoted;
  private long row = 1;
  private int length;

  RowReader(Reader in) {
    this.in = in;
  }

  /** The row that was being read, from 1, counting the header. */
  long row() {
    return row;
  }

  @Override
  public int read(char[] target, int offset, int count) throws IOException {
    int read = in.read(target, offset, count);
    int start = offset;
    if (first && read > 0) {
      first = false;
      if (target[offset] == '\uFEFF') {
        // The byte order mark is no part of the first cell.
        System.arraycopy(target, offset + 1, target, offset, --read);
        if (read == 0) {
          return read(target, offset, count);
        }
      }
    }
    for (int i = start; i < offset + read; i++) {
      watch(target[i]);
    }
    return read;
  }

  private void watch(char c) {
    if (c == '\0') {
      throw refused("CHARACTER", "holds a NUL character");
    }
    if (c == '"') {
      quoted = !quoted;
    }
    if (c == '\n' && !quoted) {
      row++;
      length = 0;
    } else if (++length > MAX_ROW) {
      throw refused("ROW", "has more than " + MAX_ROW + " characters; is a quote left open?");
    }
  }

  private ActionException refused(String code, String what) {
    return CsvReading.refused(code, row, what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
