package io.flowforge.internal.engine;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the texts of an engine's credentials out of errors and lines of logs, also where they are
 * encoded. Remembers the last 1,000 credentials that were used, for an error may come long after.
 */
final class Redaction {
  /** Shorter ones would blacken common words, and protect nothing. */
  private static final int SHORTEST = 4;

  private static final String BLACK = "***";

  private static final int MOST = 1_000;

  /** Those used last at the end; under the lock. */
  private final Set<String> known = new LinkedHashSet<>();

  /** All forms of all, the longest first, so that none is left in pieces. */
  private volatile List<String> texts = List.of();

  /** These may be seen by actions from now on. */
  synchronized void learn(Collection<Secret> secrets) {
    boolean news = false;
    for (Secret secret : secrets) {
      String text = secret.reveal();
      if (text.length() >= SHORTEST) {
        news |= !known.remove(text);
        known.add(text);
      }
    }
    if (!news) {
      return;
    }
    while (known.size() > MOST) {
      known.remove(known.iterator().next());
    }
    Set<String> forms = new LinkedHashSet<>();
    known.forEach(text -> addForms(text, forms));
    texts = forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static void addForms(String text, Set<String> forms) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    forms.add(text);
    forms.add(Base64.getEncoder().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  ExecutionError apply(ExecutionError error) {
    if (texts.isEmpty()) {
      return error;
    }
    Map<String, Object> details = new LinkedHashMap<>();
    error.details().forEach((key, value) -> details.put(text(key), value(value)));
    return new ExecutionError(error.code(), text(error.message()), error.node(), details);
  }

  String text(String given) {
    String shown = given;
    for (String secret : texts) {
      shown = shown.replace(secret, BLACK);
    }
    return shown;
  }

  /** Whether the text of a credential stands in a plain value. */
  boolean finds(@Nullable Object plain) {
    return !texts.isEmpty() && !Objects.equals(value(plain), plain);
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
