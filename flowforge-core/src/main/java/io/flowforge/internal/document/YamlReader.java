package io.flowforge.internal.document;

import io.flowforge.internal.text.Shown;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the part of YAML 1.2 that says the same as JSON: maps, lists and scalars of the core
 * schema.
 *
 * <p>Anchors, aliases, merge keys, tags and further documents are refused. It works on the parser's
 * events, so nothing is ever expanded or constructed.
 */
final class YamlReader {
  private final ReadRules rules;
  private final TreeBuilder tree;
  private final Parser events;

  /** What every open container expects next. */
  private final Deque<State> states = new ArrayDeque<>();

  private Optional<Mark> mark = Optional.empty();
  private boolean begun;

  private enum State {
    KEY,
    VALUE,
    ELEMENT
  }

  private YamlReader(String text, ReadRules rules, Findings findings) {
    this.rules = rules;
    this.tree = new TreeBuilder(rules, findings, () -> at(mark));
    LoadSettings settings = settings(text.length());
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /**
   * Settings with a buffer for the whole text: a smaller one is copied again and again while a long
   * token is read, which takes time quadratic in its length.
   */
  private static LoadSettings settings(int length) {
    return LoadSettings.builder()
        .setBufferSize(Math.max(1024, length + 1))
        .setCodePointLimit(Integer.MAX_VALUE)
        .setParseComments(false)
        .setLabel("document")
        .build();
  }

  /**
   * The value of the text; null for an empty one.
   *
   * @throws Unreadable when it is no YAML, uses what is refused, is too deep or too large
   */
  static @Nullable Object read(String text, ReadRules rules, Findings findings) {
    return new YamlReader(text, rules, findings).read();
  }

  private @Nullable Object read() {
    for (Event event = next(); event != null; event = next()) {
      mark = event.getStartMark();
      if (event instanceof DocumentStartEvent start) {
        begin(start);
      } else if (event instanceof CollectionEndEvent) {
        states.pop();
        tree.end();
        valueEnded();
      } else if (event instanceof NodeEvent node) {
        accept(node);
      }
    }
    return tree.root();
  }

  private @Nullable Event next() {
    try {
      return events.hasNext() ? events.next() : null;
    } catch (MarkedYamlEngineException refusal) {
      throw refused(problem(refusal) + at(refusal.getProblemMark()));
    } catch (RuntimeException refusal) {
      // The parser has other ways to refuse, such as for characters YAML does not have.
      throw refused("this is not valid YAML: it holds a character or form YAML does not have");
    }
  }

  private static String problem(MarkedYamlEngineException refusal) {
    String problem = refusal.getProblem();
    return "this is not valid YAML: " + Shown.escaped(problem == null ? "" : problem, 160);
  }

  private void begin(DocumentStartEvent start) {
    if (begun) {
      throw refused("there must be one document, a second one begins" + at(mark));
    }
    begun = true;
    boolean other = start.getSpecVersion().filter(version -> version.getMinor() != 2).isPresent();
    if (other || !start.getTags().keySet().stream().allMatch(YamlReader::isUsual)) {
      throw refused("directives other than %YAML 1.2 are not allowed");
    }
  }

  private static boolean isUsual(String handle) {
    return handle.equals("!") || handle.equals("!!");
  }

  private void accept(NodeEvent node) {
    if (node instanceof AliasEvent) {
      throw refused("aliases are not allowed" + at(mark) + "; write the value out");
    }
    if (node.getAnchor().isPresent()) {
      throw refused(
          "anchors are not allowed" + at(mark) + "; write the value out where it is used");
    }
    if (node instanceof CollectionStartEvent start) {
      start(start);
    } else if (node instanceof ScalarEvent scalar) {
      requireNoTag(scalar.getTag());
      scalar(scalar);
    }
  }

  private void start(CollectionStartEvent start) {
    requireNoTag(start.getTag());
    if (states.peek() == State.KEY) {
      throw refused("a key must be text" + at(mark));
    }
    boolean isMap = start instanceof MappingStartEvent;
    tree.start(isMap);
    states.push(isMap ? State.KEY : State.ELEMENT);
  }

  private void scalar(ScalarEvent scalar) {
    if (states.peek() != State.KEY) {
      value(scalar);
      valueEnded();
    } else if (scalar.isPlain() && scalar.getValue().equals("<<")) {
      throw refused("merge keys are not allowed" + at(mark) + "; write the keys out");
    } else {
      tree.key(scalar.getValue());
      states.pop();
      states.push(State.VALUE);
    }
  }

  private void value(ScalarEvent scalar) {
    String text = scalar.getValue();
    switch (scalar.isPlain() ? CoreSchema.kind(text) : CoreSchema.Kind.TEXT) {
      case NULL -> tree.put(null);
      case TRUE -> tree.put(true);
      case FALSE -> tree.put(false);
      case WHOLE -> tree.whole(text);
      case DECIMAL -> tree.decimal(text);
      case OCTAL -> tree.whole(text.substring(2), 8);
      case HEXADECIMAL -> tree.whole(text.substring(2), 16);
      case NOT_FINITE -> tree.refuseNumber(text, "is not finite");
      case TEXT -> tree.text(text);
    }
  }

  private void valueEnded() {
    if (states.peek() == State.VALUE) {
      states.pop();
      states.push(State.KEY);
    }
  }

  private void requireNoTag(Optional<String> tag) {
    if (tag.isPresent()) {
      String shown = Shown.quoted(tag.get().replace("tag:yaml.org,2002:", "!!"));
      throw refused("tags such as " + shown + " are not allowed" + at(mark) + "; leave it out");
    }
  }

  private Unreadable refused(String message) {
    return new Unreadable(rules.syntax(), message);
  }

  private static String at(Optional<Mark> mark) {
    return mark.map(m -> " (line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ")")
        .orElse("");
  }
}
