package io.flowforge.internal.blob;

import io.flowforge.spi.store.StoredExecution;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blobs that an execution refers to. */
public final class BlobReferences {
  /** Also inside of texts that hold JSON themselves. */
  private static final Pattern REFERENCE = Pattern.compile("\\$blob\\W{1,16}([0-9a-f]{64})");

  private BlobReferences() {}

  /** Gives the id of every reference in start, journal and unread messages; some more than once. */
  public static void each(StoredExecution execution, Consumer<String> found) {
    each(execution.head().start(), found);
    execution.pages().forEach(page -> each(page, found));
    execution.unread().forEach(message -> each(message.message().payload(), found));
  }

  private static void each(String text, Consumer<String> found) {
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      found.accept(reference.group(1));
    }
  }
}
