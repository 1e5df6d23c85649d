package io.flowforge.actions.list;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code split} action: cuts a list into chunks, or a text into pieces.
 *
 * <p>Gives {@code {items, count}}; items are lists of up to {@code size}, or texts. A separator of
 * one line feed also takes the carriage return before it; an empty text has no pieces. Thread-safe.
 */
public final class SplitAction implements Action<SplitAction.Config> {
  private static final int MOST = 1_000_000;

  /** Makes the action. */
  public SplitAction() {}

  /**
   * What a node is told.
   *
   * @param items a list, or a text
   * @param size how many items of a list make a chunk
   * @param separator what stands between the pieces of a text
   */
  @Doc("Cuts a list into chunks, or a text into pieces.")
  public record Config(
      @Doc("A list, or a text.") Object items,
      @Doc("How many items of a list make a chunk.") @Default("100") @Range(min = 1) int size,
      @Doc("What stands between the pieces of a text; a line feed by default.")
          @Default("\n")
          @Range(min = 1, max = 100)
          String separator) {}

  @Override
  public ActionDescriptor<Config> descriptor() {
    return ActionDescriptor.<Config>of("split", Config.class)
        .aliases("chunk", "batch", "split-items", "split_items")
        .title("Split")
        .category("list")
        .description("Cuts a list into chunks of a size, or a text into pieces at a separator.")
        .example(Map.of("items", List.of(1, 2, 3), "size", 2))
        .pure();
  }

  @Override
  public Object run(Config config, ActionContext context) {
    if (config.items() instanceof List<?> list) {
      return Listing.of(chunks(list, config.size()));
    }
    if (config.items() instanceof String text) {
      return Listing.of(pieces(text, config.separator()));
    }
    throw ActionException.permanent(
        "FF-LIST-TYPE", "items must be a list or a text, was " + Shown.value(config.items()) + '.');
  }

  private static List<List<?>> chunks(List<?> list, int size) {
    List<List<?>> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += Math.min(size, list.size() - from)) {
      chunks.add(new ArrayList<>(list.subList(from, from + Math.min(size, list.size() - from))));
    }
    return chunks;
  }

  private static List<String> pieces(String text, String separator) {
    List<String> pieces = new ArrayList<>();
    if (text.isEmpty()) {
      return pieces;
    }
    boolean lines = separator.equals("\n");
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      boolean carriage = lines && at > from && text.charAt(at - 1) == '\r';
      pieces.add(text.substring(from, carriage ? at - 1 : at));
      from = at + separator.length();
      if (pieces.size() >= MOST) {
        throw ActionException.permanent(
            "FF-LIST-SIZE", "The text must have at most " + MOST + " pieces.");
      }
    }
    if (!lines || from < text.length()) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }
}
