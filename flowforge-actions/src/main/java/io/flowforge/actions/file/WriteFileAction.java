package io.flowforge.actions.file;

import io.flowforge.actions.internal.Shown;
import io.flowforge.execution.Json;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code write-file} action: writes a file under the root folder.
 *
 * <p>A file is written beside its place, forced to disk and moved there, so that nobody sees half
 * of it; only {@code append} adds to the file itself. Missing folders are made. A repeated attempt
 * overwrites the same file, but appends once more; with {@code create} it takes a file that is
 * empty or has just this content for its own. Gives {@code {path, bytes}}, with CSV also {@code
 * rows}. Thread-safe.
 */
public final class WriteFileAction implements Action<WriteFileAction.Config> {
  /** Makes the action. */
  public WriteFileAction() {}

  /** What to do about a file that is there. */
  public enum Mode {
    /** Fail with {@code FF-FILE-EXISTS}. */
    CREATE,
    /** Replace it. */
    OVERWRITE,
    /** Add to its end. */
    APPEND
  }

  /**
   * What a node is told.
   *
   * @param path the file, relative to the root folder
   * @param content text, base64 for bytes, rows for CSV, any value for JSON
   * @param format what to write
   * @param mode what to do about a file that is there
   * @param encoding how to encode text
   * @param maxBytes how much may be written
   * @param csv how CSV is written
   */
  @Doc("Writes a file under the root folder.")
  public record Config(
      @Doc("The file, relative to the root folder.") @Range(min = 1, max = 4096) String path,
      @Doc("Text, base64 for bytes, a list of rows for CSV, any value for JSON.")
          @Nullable Object content,
      @Doc("auto (by the ending of the name), text, json, csv or bytes.") @Default("auto")
          FileFormat format,
      @Doc("create, overwrite or append.") @Default("overwrite") Mode mode,
      @Doc("How to encode text, such as UTF-8 or windows-1252.") @Default("UTF-8") String encoding,
      @Doc("How much may be written, in bytes.") @Default("67108864") @Range(min = 0, max = 1 << 30)
          int maxBytes,
      @Doc("How CSV is written.") @Default("{}") CsvOptions csv) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("write-file", Config.class)
        .aliases("write_file", "file-write", "file_write", "save-file", "save_file")
        .title("Write file")
        .category("file")
        .description("Writes text, JSON, CSV or bytes to a file under the root folder.")
        .example(Map.of("path", "out/report.json", "content", Map.of("total", 12)));
  }

  @Override
  public void validate(Config config) {
    Encodings.of(config.encoding());
    config.csv().check();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    SafePath path = SafePath.of(config.path());
    Root root = Root.of(context, FilePolicy.Access.READ_WRITE);
    try (Folder folder = root.folder(path, Root.Missing.CREATE)) {
      FileWriting writing = new FileWriting(folder, path, temporary(context));
      boolean fresh = config.mode() != Mode.APPEND || !writing.hasContent();
      byte[] bytes = bytes(config, path, fresh);
      if (bytes.length > config.maxBytes()) {
        throw FileFailures.size(path, config.maxBytes());
      }
      writing.write(bytes, config.mode(), mayHaveRun(context));
      return output(config, bytes.length);
    } catch (IOException e) {
      throw FileFailures.of(path, e).withCause(e);
    }
  }

  /** As a retry, or as the first attempt of a process that has taken the execution up. */
  private static boolean mayHaveRun(ActionContext context) {
    return context.attempt() > 1 || context.fencingToken() > 1;
  }

  /**
   * The same for every attempt, so that a crash leaves at most one file, which the next replaces.
   */
  private static String temporary(ActionContext context) {
    String key = context.idempotencyKey();
    return ".flowforge-" + key.substring(Math.max(0, key.length() - 26)) + ".tmp";
  }

  private static byte[] bytes(Config config, SafePath path, boolean fresh) throws IOException {
    Charset encoding = Encodings.of(config.encoding());
    Object content = config.content();
    return switch (config.format().of(config.path())) {
      case JSON -> (Json.writePretty(content) + '\n').getBytes(StandardCharsets.UTF_8);
      case CSV -> csv(config, path, fresh, encoding);
      case BYTES -> base64(path, content);
      default -> Encodings.bytes(text(content), encoding);
    };
  }

  private static byte[] csv(Config config, SafePath path, boolean fresh, Charset encoding)
      throws IOException {
    if (!(config.content() instanceof Collection<?> rows)) {
      throw ActionException.permanent(
          "FF-CSV-CONTENT",
          "CSV is written from a list of objects or lists, content of "
              + path
              + " was "
              + Shown.value(config.content())
              + '.');
    }
    CsvWriting.Header header = fresh ? CsvWriting.Header.WRITE : CsvWriting.Header.LEAVE_OUT;
    String mark = fresh && config.csv().bom() ? "\uFEFF" : "";
    char delimiter = config.csv().delimiter(config.path());
    return Encodings.bytes(
        mark + new CsvWriting(config.csv(), delimiter).write(rows, header), encoding);
  }

  private static byte[] base64(SafePath path, @Nullable Object content) {
    try {
      return Base64.getDecoder().decode(content instanceof String text ? text : "!");
    } catch (IllegalArgumentException e) {
      throw FileFailures.content(path, "is to be written from base64 text, which content is not");
    }
  }

  private static String text(@Nullable Object content) {
    if (content == null) {
      return "";
    }
    return content instanceof String text ? text : Json.write(content);
  }

  private static Map<String, Object> output(Config config, int bytes) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("path", config.path());
    output.put("bytes", bytes);
    if (config.content() instanceof Collection<?> rows
        && config.format().of(config.path()) == FileFormat.CSV) {
      output.put("rows", rows.size());
    }
    return output;
  }
}
