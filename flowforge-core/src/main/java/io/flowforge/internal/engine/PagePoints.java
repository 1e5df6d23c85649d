package io.flowforge.internal.engine;

import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fault points before and after each page, named after the weightiest thing the page says: {@code
 * page.KIND.before} and {@code page.KIND.after}.
 *
 * <p>The kinds are {@code start}, {@code final}, {@code park}, {@code leave}, {@code child}, {@code
 * await}, {@code cancel}, {@code undo}, {@code signal}, {@code took}, {@code retry}, {@code timer},
 * {@code round}, {@code over}, {@code result}, {@code freeze} and {@code other}. The kind is looked
 * for in the text of the page, which is good enough where nothing but a test is told of it.
 */
final class PagePoints {
  private static final Map<String, String> WORDS = words();

  private PagePoints() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("{\"decided\":", "cancel");
    words.put("{\"undo\":", "undo");
    words.put("{\"signal\":", "signal");
    words.put("{\"took\":", "took");
    words.put("{\"retry\":", "retry");
    words.put("\"due\":", "timer");
    words.put("{\"round\":", "round");
    words.put("{\"over\":", "over");
    words.put("{\"end\":", "result");
    words.put("{\"begin\":", "freeze");
    return words;
  }

  static void before(Commit page) {
    if (FaultPoints.ON) {
      FaultPoints.hit("page." + kind(page) + ".before");
    }
  }

  static void after(Commit page) {
    if (FaultPoints.ON) {
      FaultPoints.hit("page." + kind(page) + ".after");
    }
  }

  private static String kind(Commit page) {
    if (page.create() != null) {
      return "start";
    }
    HeadChange change = page.change();
    if (change != null && change.status().isFinal()) {
      return "final";
    }
    if (change != null && change.release()) {
      return change.reason() == null ? "leave" : "park";
    }
    if (!page.children().isEmpty()) {
      return "child";
    }
    if (!page.awaits().isEmpty()) {
      return "await";
    }
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      if (page.page().contains(word.getKey())) {
        return word.getValue();
      }
    }
    return "other";
  }
}
