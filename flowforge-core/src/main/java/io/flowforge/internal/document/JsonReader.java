package io.flowforge.internal.document;

import io.flowforge.internal.text.Shown;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text (RFC 8259) into plain values, as strictly as {@link ReadRules} ask. */
final class JsonReader {
  /** Our own bounds are tighter and have our own messages: the parser's must never speak first. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** What looks like a number of some other language. */
  private static final Pattern ODD_NUMBER =
      Pattern.compile("[-+]?(?:NaN|Infinity|\\.?[0-9][0-9A-Za-z_.+-]*)");

  private final String text;
  private final ReadRules rules;
  private final TreeBuilder tree;
  private final JsonParser parser;

  private JsonReader(String text, ReadRules rules, Findings findings) {
    this.text = text;
    this.rules = rules;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
    this.tree = new TreeBuilder(rules, findings, () -> at(offset()));
  }

  /**
   * The value of the text.
   *
   * @throws Unreadable when it is no JSON, too deep or too large
   */
  static @Nullable Object read(String text, ReadRules rules, Findings findings) {
    return new JsonReader(text, rules, findings).read();
  }

  private @Nullable Object read() {
    try (parser) {
      for (JsonToken token = next(); token != null; token = next()) {
        if (tree.isComplete()) {
          throw new Unreadable(
              rules.syntax(),
              "the text goes on after its end" + at(offset()) + "; remove the rest");
        }
        accept(token);
      }
    }
    if (!tree.isComplete()) {
      throw new Unreadable(rules.syntax(), "the text is empty; it must hold one JSON value");
    }
    return tree.root();
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (JacksonException refusal) {
      throw syntax(refusal);
    }
  }

  private void accept(JsonToken token) {
    switch (token) {
      case START_OBJECT -> tree.start(true);
      case START_ARRAY -> tree.start(false);
      case END_OBJECT, END_ARRAY -> tree.end();
      case PROPERTY_NAME -> tree.key(parser.currentName());
      case VALUE_STRING -> tree.text(string());
      case VALUE_NUMBER_INT -> tree.whole(string());
      case VALUE_NUMBER_FLOAT -> tree.decimal(string());
      case VALUE_TRUE -> tree.put(true);
      case VALUE_FALSE -> tree.put(false);
      default -> tree.put(null);
    }
  }

  /** The text of the current token, which the parser decodes only now. */
  private String string() {
    try {
      return parser.getString();
    } catch (JacksonException refusal) {
      throw syntax(refusal);
    }
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private Unreadable syntax(JacksonException refusal) {
    long offset = refusal.getLocation() == null ? -1 : refusal.getLocation().getCharOffset();
    int found = (int) (offset < 0 ? text.length() : Math.min(offset, text.length()));
    int place = Math.max(0, found < text.length() ? found : text.length() - 1);
    String number = numberAround(place);
    if (number != null) {
      return new Unreadable(
          rules.code("NUMBER"),
          Shown.quoted(number) + " is no number of JSON" + at(place) + "; write it like -12.5e3");
    }
    return new Unreadable(rules.syntax(), "this is not valid JSON: " + cause(place, found));
  }

  private String cause(int place, int found) {
    if (found >= text.length()) {
      return "the text ends too early" + at(text.length());
    }
    char c = text.charAt(place);
    String hint =
        switch (c) {
          case '\'' -> "; use double quotes";
          case '/', '#' -> "; JSON has no comments";
          case '}', ']' -> "; is there a comma too many, or a value missing?";
          default -> "";
        };
    return "unexpected " + Shown.quoted(String.valueOf(c)) + at(place) + hint;
  }

  /** The word at or before a place when it looks like a number of some other language. */
  private @Nullable String numberAround(int place) {
    int from = place;
    while (from > 0 && place - from < 2 && !isWord(text.charAt(from))) {
      from--;
    }
    while (from > 0 && place - from < 400 && isWord(text.charAt(from - 1))) {
      from--;
    }
    Matcher word = ODD_NUMBER.matcher(text).region(from, text.length());
    boolean cutOff = word.lookingAt() && word.end() == text.length();
    boolean quoted = from > 0 && "\"\\".indexOf(text.charAt(from - 1)) >= 0;
    return word.lookingAt() && !cutOff && !quoted && !isJsonNumber(word.group())
        ? word.group()
        : null;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-' || c == '_';
  }

  private static boolean isJsonNumber(String word) {
    return word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  }

  private String at(int offset) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return " (line " + line + ", column " + (offset - start + 1) + ")";
  }
}
