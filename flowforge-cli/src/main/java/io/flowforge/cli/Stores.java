package io.flowforge.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where executions are kept: the value of {@code --store}. */
final class Stores {
  private static final String MEMORY = "memory:";

  private Stores() {}

  /**
   * Checks that this build has a store.
   *
   * @throws Refusal when it has not
   */
  static void check(@Nullable String url) {
    if (url == null || url.equals(MEMORY)) {
      return;
    }
    String scheme = url.substring(0, url.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    if (scheme.equals("jdbc:") || scheme.equals("redis:") || scheme.equals("rediss:")) {
      throw new Refusal(
          "FF-STORE-UNSUPPORTED",
          "--store " + scheme + "… is not part of this build; it has memory: only");
    }
    throw new Refusal(
        "FF-STORE-UNKNOWN",
        "--store must be memory:, jdbc:… or redis://…, was \"" + shown(url) + "\"");
  }

  /** Why executions of other processes cannot be found. */
  static Refusal nothingTo(String verb, @Nullable String url) {
    check(url);
    return new Refusal(
        "FF-STORE-MEMORY",
        "there is no execution to "
            + verb
            + ": the store memory: keeps nothing between processes, and stores that do (jdbc:,"
            + " redis:) are not part of this build");
  }

  /** The beginning of a URL, without what may be a password. */
  private static String shown(String url) {
    String text = url.indexOf('@') < 0 ? url : url.substring(0, url.indexOf(':') + 1) + "…";
    return Plain.line(text.length() <= 64 ? text : text.substring(0, 64) + "…");
  }
}
