package io.flowforge.internal.engine;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the texts of an engine's credentials out of errors. */
final class Redaction {
  /** Shorter ones would blacken common words, and protect nothing. */
  private static final int SHORTEST = 4;

  private static final String BLACK = "***";

  private final List<String> texts = new ArrayList<>();

  Redaction(Collection<Secret> secrets) {
    for (Secret secret : secrets) {
      if (secret.reveal().length() >= SHORTEST) {
        texts.add(secret.reveal());
      }
    }
    texts.sort(Comparator.comparingInt(String::length).reversed());
  }

  ExecutionError apply(ExecutionError error) {
    if (texts.isEmpty()) {
      return error;
    }
    Map<String, Object> details = new LinkedHashMap<>();
    error.details().forEach((key, value) -> details.put(text(key), value(value)));
    return new ExecutionError(error.code(), text(error.message()), error.node(), details);
  }

  private String text(String given) {
    String shown = given;
    for (String secret : texts) {
      shown = shown.replace(secret, BLACK);
    }
    return shown;
  }

  private @Nullable Object value(@Nullable Object given) {
    if (given instanceof String text) {
      return text(text);
    }
    if (given instanceof Map<?, ?> map) {
      Map<String, Object> shown = new LinkedHashMap<>();
      map.forEach((key, value) -> shown.put(text(String.valueOf(key)), value(value)));
      return shown;
    }
    if (given instanceof List<?> list) {
      List<Object> shown = new ArrayList<>();
      list.forEach(value -> shown.add(value(value)));
      return shown;
    }
    return given;
  }
}
