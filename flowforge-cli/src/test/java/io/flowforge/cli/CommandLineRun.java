package io.flowforge.cli;

import io.flowforge.execution.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What one call of the command gave. */
record CommandLineRun(int code, String out, String err) {
  static CommandLineRun of(String... args) {
    return reading("", args);
  }

  /** With a text on standard input. */
  static CommandLineRun reading(String input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        FlowForgeCli.run(
            args,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output, which must be one JSON document. */
  @SuppressWarnings("unchecked")
  Map<String, Object> document() {
    return (Map<String, Object>) Json.parse(out);
  }

  /** A value inside the document by its keys. */
  Object at(String... keys) {
    Object value = document();
    for (String key : keys) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
