package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Reads an answer's body up to a limit that counts what comes out of decompression. */
final class BodyReader {
  private static final int CHUNK = 8192;

  private final HttpCall call;

  BodyReader(HttpCall call) {
    this.call = call;
  }

  byte[] read(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > call.maxBytes()) {
      throw tooLarge();
    }
    InputStream in = decoded(entity);
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
    byte[] chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      if (out.size() + (long) n > call.maxBytes()) {
        throw tooLarge();
      }
      out.write(chunk, 0, n);
    }
    // Not closed after a failure: that would read what is left, which may be endless.
    in.close();
    return out.toByteArray();
  }

  private static InputStream decoded(HttpEntity entity) throws IOException {
    String encoding = entity.getContentEncoding();
    InputStream raw = entity.getContent();
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> new GZIPInputStream(raw, CHUNK);
      case "deflate" -> new InflaterInputStream(raw);
      default ->
          throw ActionException.permanent(
              "FF-HTTP-BODY",
              "The answer is compressed as "
                  + Shown.value(encoding)
                  + "; only gzip and deflate, applied once, can be read.");
    };
  }

  private ActionException tooLarge() {
    return ActionException.permanent(
            "FF-HTTP-SIZE",
            call
                + " answered with a body of more than "
                + call.maxBytes()
                + " bytes. Ask for less, or raise maxBytes.")
        .withDetails(Map.of("maxBytes", call.maxBytes()));
  }
}
