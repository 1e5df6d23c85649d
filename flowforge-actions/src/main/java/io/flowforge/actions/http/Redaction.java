package io.flowforge.actions.http;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blots the secrets of a call out of its answer: servers echo what they are sent. */
final class Redaction {
  /** Shorter secrets would blot out ordinary words, and protect nothing. */
  private static final int SHORTEST = 4;

  private static final String BLOT = "***";

  private final List<String> texts;

  Redaction(Collection<Secret> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (Secret secret : secrets) {
      if (secret.reveal().length() >= SHORTEST) {
        addForms(secret.reveal(), forms);
      }
    }
    texts = forms.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
  }

  private static void addForms(String text, Set<String> forms) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    forms.add(text);
    forms.add(Base64.getEncoder().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  String text(String text) {
    String clean = text;
    for (String form : texts) {
      clean = clean.replace(form, BLOT);
    }
    return clean;
  }

  @Nullable Object value(@Nullable Object value) {
    if (texts.isEmpty()) {
      return value;
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(text(String.valueOf(key)), value(element)));
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(value(element)));
      return copy;
    }
    return value;
  }
}
