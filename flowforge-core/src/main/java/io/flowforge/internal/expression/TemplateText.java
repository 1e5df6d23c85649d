package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text at its expressions: a list of {@code String} and {@link Unit}, in order.
 *
 * <p>A doubled dollar sign before a brace stands for one and opens nothing. Braces inside an
 * expression belong to it, because the parser and not a search finds its end.
 */
final class TemplateText {

  private static final String OPEN = "${";
  private static final String ESCAPED = "$${";

  private final String text;
  private final Names names;
  private final Problems problems;
  private final List<Object> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  TemplateText(String text, Names names, Problems problems) {
    this.text = text;
    this.names = names;
    this.problems = problems;
  }

  static boolean isPlain(String text) {
    return !text.contains(OPEN);
  }

  /** The parts; after a problem those before it. */
  List<Object> parts() {
    int at = 0;
    try {
      while (at < text.length()) {
        at = part(at);
      }
    } catch (ExpressionException failure) {
      problems.add(failure);
    }
    close();
    return parts;
  }

  private int part(int at) {
    if (text.startsWith(ESCAPED, at)) {
      literal.append(OPEN);
      return at + ESCAPED.length();
    }
    if (text.startsWith(OPEN, at)) {
      close();
      return expression(at + OPEN.length());
    }
    int next = text.indexOf('$', at + 1);
    int end = next < 0 ? text.length() : next;
    literal.append(text, at, end);
    return end;
  }

  private int expression(int start) {
    Parser parser = new Parser(new Lexer(text, start, text.length()), names);
    Tree tree = parser.braced();
    int end = parser.position();
    String source = text.substring(start, end - 1).strip();
    parts.add(new TreeCompiler(text, source, names, problems).unit(tree, parser.mostBound()));
    return end;
  }

  private void close() {
    if (!literal.isEmpty()) {
      parts.add(literal.toString());
      literal.setLength(0);
    }
  }
}
