package io.flowforge.actions.file;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code read-file} action: reads a file under the root folder.
 *
 * <p>Gives {@code {path, bytes, content}}: text, a JSON value, rows, or base64. With CSV also
 * {@code rows} and {@code columns}; rows are objects by column, or lists when columns have no
 * names. Thread-safe.
 */
public final class ReadFileAction implements Action<ReadFileAction.Config> {
  /** Makes the action. */
  public ReadFileAction() {}

  /**
   * What a node is told.
   *
   * @param path the file, relative to the root folder
   * @param format what is in it
   * @param encoding how text is encoded
   * @param maxBytes how large it may be
   * @param csv how CSV is read
   */
  @Doc("Reads a file under the root folder.")
  public record Config(
      @Doc("The file, relative to the root folder.") @Range(min = 1, max = 4096) String path,
      @Doc("auto (by the ending of the name), text, json, csv or bytes.") @Default("auto")
          FileFormat format,
      @Doc("How text is encoded, such as UTF-8 or windows-1252.") @Default("UTF-8") String encoding,
      @Doc("How large the file may be, in bytes.")
          @Default("16777216")
          @Range(min = 0, max = 1 << 30)
          int maxBytes,
      @Doc("How CSV is read.") @Default("{}") CsvOptions csv) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("read-file", Config.class)
        .aliases("read_file", "file-read", "file_read", "load-file", "load_file")
        .title("Read file")
        .category("file")
        .description("Reads text, JSON, CSV or bytes from a file under the root folder.")
        .example(Map.of("path", "data/orders.csv", "csv", Map.of("typed", true)));
  }

  @Override
  public void validate(Config config) {
    Encodings.of(config.encoding());
    config.csv().check();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    SafePath path = SafePath.of(config.path());
    Root root = Root.of(context, FilePolicy.Access.READ_ONLY);
    try {
      byte[] bytes = bytes(root, path, config.maxBytes());
      return output(config, path, bytes);
    } catch (IOException e) {
      throw FileFailures.of(path, e).withCause(e);
    }
  }

  private static byte[] bytes(Root root, SafePath path, int maxBytes) throws IOException {
    try (Folder folder = root.folder(path, Root.Missing.FAIL)) {
      if (folder.plainSize() > maxBytes) {
        throw FileFailures.size(path, maxBytes);
      }
      try (SeekableByteChannel channel = folder.open(path.file(), StandardOpenOption.READ)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(8192);
        while (channel.read(chunk) >= 0) {
          // Counted again: the file may grow while it is read.
          if (out.size() + chunk.position() > maxBytes) {
            throw FileFailures.size(path, maxBytes);
          }
          out.write(chunk.array(), 0, chunk.position());
          chunk.clear();
        }
        return out.toByteArray();
      }
    }
  }

  private static Map<String, @Nullable Object> output(Config config, SafePath path, byte[] bytes)
      throws IOException {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("path", config.path());
    output.put("bytes", bytes.length);
    Charset encoding = Encodings.of(config.encoding());
    switch (config.format().of(config.path())) {
      case JSON -> output.put("content", json(path, bytes, encoding));
      case CSV -> csv(config, bytes, encoding, output);
      case BYTES -> output.put("content", Base64.getEncoder().encodeToString(bytes));
      default -> output.put("content", Encodings.text(bytes, encoding));
    }
    return output;
  }

  private static @Nullable Object json(SafePath path, byte[] bytes, Charset encoding)
      throws IOException {
    byte[] utf8 =
        encoding.equals(StandardCharsets.UTF_8)
            ? bytes
            : Encodings.text(bytes, encoding).getBytes(StandardCharsets.UTF_8);
    int length = Math.max(1, utf8.length);
    try {
      return Json.parse(utf8, new Json.Limits(length, 64, length));
    } catch (FlowForgeException e) {
      throw FileFailures.content(path, "is not JSON: " + e.getMessage());
    }
  }

  private static void csv(
      Config config, byte[] bytes, Charset encoding, Map<String, @Nullable Object> output)
      throws IOException {
    CsvReading reading = new CsvReading(config.csv());
    Reader text =
        new InputStreamReader(
            new ByteArrayInputStream(bytes),
            encoding
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    List<Object> rows = reading.read(text, config.csv().delimiter(config.path()));
    output.put("content", rows);
    output.put("rows", rows.size());
    output.put("columns", reading.columns());
  }
}
