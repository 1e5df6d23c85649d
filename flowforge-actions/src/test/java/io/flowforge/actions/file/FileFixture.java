package io.flowforge.actions.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.actions.TestContext;
import io.flowforge.actions.file.WriteFileAction.Mode;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A root folder and the two actions on it. */
final class FileFixture {
  final Path root;
  final TestContext context;
  CsvOptions csv = CsvOptions.DEFAULT;
  int maxBytes = 1 << 20;
  String encoding = "UTF-8";

  FileFixture(Path root) {
    this.root = root;
    this.context = TestContext.create().with(FilePolicy.class, FilePolicy.of(root));
  }

  Map<?, ?> read(String path, FileFormat format) {
    ReadFileAction.Config config = new ReadFileAction.Config(path, format, encoding, maxBytes, csv);
    new ReadFileAction().validate(config);
    return (Map<?, ?>) new ReadFileAction().run(config, context);
  }

  Object content(String path) {
    return read(path, FileFormat.AUTO).get("content");
  }

  Map<?, ?> write(String path, Object content, Mode mode) {
    return write(path, content, mode, FileFormat.AUTO);
  }

  Map<?, ?> write(String path, Object content, Mode mode, FileFormat format) {
    WriteFileAction.Config config =
        new WriteFileAction.Config(path, content, format, mode, encoding, maxBytes, csv);
    new WriteFileAction().validate(config);
    return (Map<?, ?>) new WriteFileAction().run(config, context);
  }

  String codeOfRead(String path) {
    return failure(() -> read(path, FileFormat.AUTO)).code();
  }

  String codeOfWrite(String path, Mode mode) {
    return failure(() -> write(path, "x", mode)).code();
  }

  static ActionException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ActionException failure = catchThrowableOfType(ActionException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("Exception").hasSizeLessThan(512);
    return failure;
  }

  String text(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  Path put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  List<String> names() throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
