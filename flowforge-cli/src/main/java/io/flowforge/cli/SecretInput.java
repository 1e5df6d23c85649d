package io.flowforge.cli;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Json;
import io.flowforge.execution.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Secrets from standard input, so that they stand in no history of a shell and no list of
 * processes. No message shows any of it.
 */
final class SecretInput {
  private static final int MOST_BYTES = 1 << 20;

  private SecretInput() {}

  /** All of the input as one secret, without the line break at its end. */
  static Secret one(InputStream in) {
    String text = text(in);
    int end = text.length();
    if (text.endsWith("\r\n")) {
      end -= 2;
    } else if (text.endsWith("\n")) {
      end--;
    }
    if (end == 0) {
      throw refused("holds no secret; write it there, such as by a pipe");
    }
    return Secret.of(text.substring(0, end));
  }

  /** The input as a JSON object, name of a field to secret. */
  static Map<String, Secret> fields(InputStream in) {
    Object value;
    try {
      value = Json.parse(text(in));
    } catch (FlowForgeException ignored) { // its message may show what stands there
      throw notAnObject();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw notAnObject();
    }
    Map<String, Secret> fields = new LinkedHashMap<>();
    map.forEach(
        (name, secret) -> {
          if (!(secret instanceof String text)) {
            throw notAnObject();
          }
          fields.put(String.valueOf(name), Secret.of(text));
        });
    return fields;
  }

  private static String text(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw refused("must have at most " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException ignored) { // it says no more
      throw refused("must be text in UTF-8");
    } catch (IOException ignored) { // it says no more
      throw refused("cannot be read");
    }
  }

  private static Refusal notAnObject() {
    return refused("must be a JSON object of texts, name of a field to secret");
  }

  private static Refusal refused(String why) {
    return new Refusal("FF-CLI-USAGE", "standard input " + why);
  }
}
