package io.flowforge.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The Lua scripts, each put together from the files of this package that it needs. */
enum Script {
  OPEN(Effect.WRITES, ScriptOutputType.MULTI, "open"),
  ENLIST(Effect.WRITES, ScriptOutputType.MULTI, "common", "enlist"),
  RENEW(Effect.WRITES, ScriptOutputType.MULTI, "common", "renew"),
  RETIRE(Effect.WRITES, ScriptOutputType.INTEGER, "common", "wake", "retire"),
  COMMIT(
      Effect.WRITES,
      ScriptOutputType.MULTI,
      "common",
      "wake",
      "queues",
      "deliver",
      "lines",
      "executions",
      "commit"),
  CLAIM(
      Effect.WRITES,
      ScriptOutputType.MULTI,
      "common",
      "wake",
      "queues",
      "deliver",
      "lines",
      "claims",
      "claim"),
  CLAIM_ONE(Effect.WRITES, ScriptOutputType.MULTI, "common", "wake", "claims", "claim-one"),
  LOAD(Effect.READS, ScriptOutputType.MULTI, "common", "load"),
  FIND(Effect.READS, ScriptOutputType.MULTI, "common", "find"),
  LIST(Effect.READS, ScriptOutputType.MULTI, "common", "list"),
  PURGE(Effect.WRITES, ScriptOutputType.INTEGER, "common", "executions", "purge"),
  SEND(Effect.WRITES, ScriptOutputType.VALUE, "common", "wake", "queues", "deliver", "send"),
  INBOX(Effect.READS, ScriptOutputType.MULTI, "common", "inbox"),
  PUBLISH(
      Effect.WRITES, ScriptOutputType.INTEGER, "common", "wake", "queues", "deliver", "publish"),
  READ(Effect.READS, ScriptOutputType.VALUE, "common", "read"),
  WRITE(Effect.WRITES, ScriptOutputType.INTEGER, "common", "write"),
  SCAN(Effect.READS, ScriptOutputType.MULTI, "common", "scan"),
  CACHE_GET(Effect.READS, ScriptOutputType.MULTI, "common", "cache-get"),
  CACHE_PUT(Effect.WRITES, ScriptOutputType.INTEGER, "common", "cache-put");

  final Effect effect;
  final ScriptOutputType output;
  private final String text;
  private final String digest;

  /** Whether a script may change something. */
  enum Effect {
    READS,
    WRITES
  }

  Script(Effect effect, ScriptOutputType output, String... files) {
    this.effect = effect;
    this.output = output;
    this.text = read(List.of(files));
    this.digest = Base16.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return text;
  }

  /** The name under which a server knows the script once it has seen it. */
  String digest() {
    return digest;
  }

  private static String read(List<String> files) {
    StringBuilder all = new StringBuilder();
    for (String file : files) {
      try (InputStream in = Script.class.getResourceAsStream(file + ".lua")) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks the script " + file + ".lua");
        }
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException broken) {
        throw new UncheckedIOException("cannot read the script " + file + ".lua", broken);
      }
    }
    return all.toString();
  }
}
