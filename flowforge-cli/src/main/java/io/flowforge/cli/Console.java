package io.flowforge.cli;

import io.flowforge.execution.Json;
import io.flowforge.flow.Problem;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams: one document on standard output, everything else on standard error, both in UTF-8
 * whatever the locale. Thread-safe.
 */
final class Console {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Standard input, for the few commands that read it. */
  InputStream in() {
    return in;
  }

  /** Whether a person looks at standard error. */
  boolean terminal() {
    return terminal;
  }

  /** Prints the result of the command. */
  void document(Object value) {
    print(Json.writePretty(value));
  }

  /** Prints a result that is not JSON, such as a picture. */
  void print(String text) {
    String line = text.endsWith("\n") ? text : text + "\n";
    write(out, line);
  }

  /** Tells a person something; what could act on a screen is escaped. */
  void say(String text) {
    write(err, Plain.lines(text) + "\n");
  }

  /** Prints a line for programs that read standard error. */
  void event(Map<String, ?> value) {
    write(err, Json.write(value) + "\n");
  }

  /** Writes over the last line of the terminal; an empty text clears it. */
  void progress(String text) {
    write(err, "\r\u001b[K" + Plain.line(text));
  }

  Exit refuse(String code, String message) {
    say("flowforge: " + message);
    document(error(code, message));
    return Exit.USAGE;
  }

  Exit problems(String file, List<Problem> problems) {
    problems.forEach(problem -> say(file + ": " + problem));
    document(Map.of("problems", Problems.values(file, problems)));
    return Exit.INVALID;
  }

  static Map<String, Object> error(String code, @Nullable String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    return Map.of("error", error);
  }

  private static void write(PrintStream stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    synchronized (stream) {
      stream.write(bytes, 0, bytes.length);
      stream.flush();
    }
  }
}
