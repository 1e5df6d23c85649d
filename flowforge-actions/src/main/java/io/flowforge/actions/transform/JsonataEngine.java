package io.flowforge.actions.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.flowforge.spi.ActionException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSONata over plain maps and lists.
 *
 * <p>The library has bounds of its own, for time and depth; they do not see what happens inside a
 * function, nor how large values get. So its callbacks, called around every node of the tree, count
 * here, and functions that could build much at once are replaced by ones that count first. A source
 * is parsed for each evaluation, because the parsed form keeps state.
 */
final class JsonataEngine implements Engine {
  private static final int MAX_PICTURE = 64;
  private static final double MAX_SPELLED = 1e6;

  @Override
  public void check(String source) {
    // The names under which the library finds the callbacks; a source could bind them anew.
    if (source.contains("__evaluate")) {
      throw Refusals.syntax(Language.JSONATA, "names must not hold \"__evaluate\"");
    }
    parse(source);
  }

  private static Jsonata parse(String source) {
    try {
      return Jsonata.jsonata(source);
    } catch (JException e) {
      throw Refusals.syntax(Language.JSONATA, e.getMessage());
    } catch (RuntimeException e) {
      throw Refusals.syntax(Language.JSONATA, "it cannot be parsed");
    }
  }

  @Override
  public @Nullable Object evaluate(String source, @Nullable Object data, Budget budget) {
    Jsonata expression = parse(source);
    Jsonata.Frame frame = expression.createFrame();
    frame.setEvaluateEntryCallback((node, input, environment) -> budget.down());
    frame.setEvaluateExitCallback(
        (node, input, environment, result) -> {
          budget.up();
          if (result instanceof Pattern) {
            throw refused("regular expressions");
          }
          budget.require(result);
        });
    bindCounting(frame, budget);
    bindRefused(frame);
    try {
      return expression.evaluate(data, frame);
    } catch (JException e) {
      throw own(e, e.getMessage(), budget);
    } catch (ActionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw own(e, "a function was given a value that it cannot take", budget);
    }
  }

  /** Our own refusal where the library wrapped it, else a failure of the expression. */
  private static ActionException own(Throwable failure, @Nullable String reason, Budget budget) {
    if (budget.refusal() != null) {
      return budget.refusal();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ActionException refusal) {
        return refusal;
      }
      if (cause instanceof StackOverflowError) {
        return Refusals.limit("it went too deep");
      }
    }
    return Refusals.failed(Language.JSONATA, reason);
  }

  private static void bindCounting(Jsonata.Frame frame, Budget budget) {
    bind(frame, "string", "<x-b?:s>", arguments -> string(arguments, budget));
    bind(frame, "join", "<a<s>s?:s>", JsonataEngine::join);
    bind(frame, "pad", "<s-ns?:s>", JsonataEngine::pad);
    bind(frame, "replace", "<s-ssn?:s>", JsonataEngine::replace);
    bind(frame, "formatNumber", "<n-so?:s>", JsonataEngine::formatNumber);
    bind(frame, "formatInteger", "<n-s:s>", JsonataEngine::formatInteger);
    bind(frame, "toMillis", "<s-s?:n>", JsonataEngine::toMillis);
    bind(frame, "fromMillis", "<n-s?s?:s>", JsonataEngine::fromMillis);
  }

  private static void bindRefused(Jsonata.Frame frame) {
    for (String name : List.of("eval", "now", "millis", "random", "shuffle", "parseInteger")) {
      bind(
          frame,
          name,
          null,
          arguments -> {
            throw refused('$' + name);
          });
    }
  }

  private static void bind(
      Jsonata.Frame frame, String name, @Nullable String signature, Body body) {
    frame.bind(name, new Jsonata.JFunction((input, arguments) -> body.apply(arguments), signature));
  }

  private static ActionException refused(String what) {
    return ActionException.permanent(
        "FF-TRANSFORM-SYNTAX",
        what + " cannot be used in a transformation; use an expression ${…} before or behind it.");
  }

  private static @Nullable Object at(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static @Nullable Object string(List<?> arguments, Budget budget) {
    budget.require(at(arguments, 0));
    return Functions.string(at(arguments, 0), (Boolean) at(arguments, 1));
  }

  private static @Nullable Object join(List<?> arguments) {
    if (!(at(arguments, 0) instanceof List<?> texts)) {
      return null;
    }
    String glue = at(arguments, 1) instanceof String text ? text : "";
    StringBuilder joined = new StringBuilder();
    for (Object text : texts) {
      joined.append(joined.length() == 0 && text == texts.get(0) ? "" : glue).append(text);
      Budget.requireLength(joined.length());
    }
    return joined.toString();
  }

  private static @Nullable Object pad(List<?> arguments) {
    if (!(at(arguments, 0) instanceof String text) || !(at(arguments, 1) instanceof Number width)) {
      return null;
    }
    Budget.requireLength((long) Math.abs(width.doubleValue()));
    String fill = at(arguments, 2) instanceof String filler && !filler.isEmpty() ? filler : " ";
    int missing = (int) Math.abs(width.doubleValue()) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    int[] points = fill.codePoints().toArray();
    StringBuilder padding = new StringBuilder(missing);
    for (int i = 0; i < missing; i++) {
      padding.appendCodePoint(points[i % points.length]);
    }
    return width.doubleValue() < 0 ? padding + text : text + padding;
  }

  private static @Nullable Object replace(List<?> arguments) {
    if (!(at(arguments, 0) instanceof String text)) {
      return null;
    }
    if (!(at(arguments, 1) instanceof String old) || old.isEmpty()) {
      throw Refusals.failed(
          Language.JSONATA, "$replace needs a text that is not empty to look for");
    }
    if (!(at(arguments, 2) instanceof String fresh)) {
      throw Refusals.failed(Language.JSONATA, "$replace needs a text to put in");
    }
    int most = at(arguments, 3) instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (int count = 0; at >= 0 && count < most; count++) {
      replaced.append(text, from, at).append(fresh);
      Budget.requireLength(replaced.length());
      from = at + old.length();
      at = text.indexOf(old, from);
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private static String picture(@Nullable Object value) {
    String picture = String.valueOf(value);
    if (picture.length() > MAX_PICTURE) {
      throw Refusals.limit("a picture must have at most " + MAX_PICTURE + " characters");
    }
    return picture;
  }

  private static @Nullable Object formatNumber(List<?> arguments) {
    if (!(at(arguments, 0) instanceof Number number)) {
      return null;
    }
    Map<?, ?> options = at(arguments, 2) instanceof Map<?, ?> map ? map : null;
    return Functions.formatNumber(number, picture(at(arguments, 1)), options);
  }

  /** Spelled out, a large number has no end: Roman numerals add an M for each thousand. */
  private static @Nullable Object formatInteger(List<?> arguments) {
    if (!(at(arguments, 0) instanceof Number number)) {
      return null;
    }
    if (Math.abs(number.doubleValue()) > MAX_SPELLED) {
      throw Refusals.limit("$formatInteger takes numbers up to a million");
    }
    return Functions.formatInteger(number, picture(at(arguments, 1)));
  }

  private static @Nullable Object toMillis(List<?> arguments) throws java.text.ParseException {
    if (at(arguments, 1) != null) {
      throw refused("A picture for $toMillis");
    }
    return at(arguments, 0) instanceof String text ? Functions.dateTimeToMillis(text, null) : null;
  }

  private static @Nullable Object fromMillis(List<?> arguments) {
    if (at(arguments, 1) != null || at(arguments, 2) != null) {
      throw refused("A picture for $fromMillis");
    }
    return at(arguments, 0) instanceof Number millis
        ? Functions.dateTimeFromMillis(millis, null, null)
        : null;
  }

  /** The body of a function. */
  private interface Body {
    @Nullable Object apply(List<?> arguments) throws Exception;
  }
}
