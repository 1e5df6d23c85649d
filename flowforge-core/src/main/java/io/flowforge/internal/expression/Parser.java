package io.flowforge.internal.expression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads one expression into its tree by recursive descent. Chains are read in loops and nesting is
 * counted, so that the stack needed is bounded whatever the text is.
 */
final class Parser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

  private final Cursor cursor;
  private final Scope scope;

  Parser(Lexer lexer, Names names) {
    this.cursor = new Cursor(lexer);
    this.scope = new Scope(names);
  }

  /** Most names bound at once anywhere in what was read. */
  int mostBound() {
    return scope.mostBound();
  }

  /** Reads an expression that fills the text. */
  Tree whole() {
    Tree tree = choice();
    if (cursor.token().kind() != Token.Kind.END) {
      throw cursor.unexpected("an operator or the end");
    }
    if (cursor.isTooLong()) {
      throw cursor.tooLong();
    }
    return tree;
  }

  /** Reads an expression up to the brace that closes it; {@link #position} is behind the brace. */
  Tree braced() {
    Tree tree = choice();
    if (!cursor.token().isSymbol("}")) {
      throw cursor.token().kind() == Token.Kind.END
          ? cursor.notClosed()
          : cursor.unexpected("an operator or }");
    }
    return tree;
  }

  /** Offset behind the token that ended the expression. */
  int position() {
    return cursor.token().end();
  }

  private Tree choice() {
    int at = cursor.token().start();
    Tree first = any();
    if (!cursor.token().isSymbol("?")) {
      return first;
    }
    List<Tree.Case> cases = new ArrayList<>();
    Tree last = first;
    while (cursor.token().isSymbol("?")) {
      Token mark = cursor.advance();
      cursor.enter(mark);
      Tree value = choice();
      cursor.leave();
      cursor.expect(":");
      cases.add(new Tree.Case(last, value));
      last = any();
    }
    return new Tree.Choice(List.copyOf(cases), last, at);
  }

  private Tree any() {
    Tree first = all();
    if (!cursor.token().isSymbol("||")) {
      return first;
    }
    List<Tree> operands = new ArrayList<>(List.of(first));
    while (cursor.token().isSymbol("||")) {
      cursor.advance();
      operands.add(all());
    }
    return new Tree.Logic("||", List.copyOf(operands), first.at());
  }

  private Tree all() {
    Tree first = relation();
    if (!cursor.token().isSymbol("&&")) {
      return first;
    }
    List<Tree> operands = new ArrayList<>(List.of(first));
    while (cursor.token().isSymbol("&&")) {
      cursor.advance();
      operands.add(relation());
    }
    return new Tree.Logic("&&", List.copyOf(operands), first.at());
  }

  private Tree relation() {
    Tree first = sum();
    if (!isComparison()) {
      return first;
    }
    List<Tree.Link> links = new ArrayList<>();
    while (isComparison()) {
      Token operator = cursor.advance();
      links.add(new Tree.Link(operator.text(), sum(), operator.start()));
    }
    return new Tree.Chain(first, List.copyOf(links), first.at());
  }

  private boolean isComparison() {
    return cursor.token().isName("in")
        || cursor.token().kind() == Token.Kind.SYMBOL
            && COMPARISONS.contains(cursor.token().text());
  }

  private Tree sum() {
    Tree first = product();
    if (!isSymbol(SUMS)) {
      return first;
    }
    List<Tree.Link> links = new ArrayList<>();
    while (isSymbol(SUMS)) {
      if (links.size() + 1 >= Limits.CHAIN) {
        throw cursor.tooDeep(cursor.token());
      }
      Token operator = cursor.advance();
      links.add(new Tree.Link(operator.text(), product(), operator.start()));
    }
    return new Tree.Chain(first, List.copyOf(links), first.at());
  }

  private Tree product() {
    Tree first = unary();
    if (!isSymbol(PRODUCTS)) {
      return first;
    }
    List<Tree.Link> links = new ArrayList<>();
    while (isSymbol(PRODUCTS)) {
      Token operator = cursor.advance();
      links.add(new Tree.Link(operator.text(), unary(), operator.start()));
    }
    return new Tree.Chain(first, List.copyOf(links), first.at());
  }

  private boolean isSymbol(Set<String> symbols) {
    return cursor.token().kind() == Token.Kind.SYMBOL && symbols.contains(cursor.token().text());
  }

  private Tree unary() {
    if (!cursor.token().isSymbol("!") && !cursor.token().isSymbol("-")) {
      return path();
    }
    Token operator = cursor.advance();
    if (operator.isSymbol("-") && cursor.token().value() instanceof BigInteger) {
      Token number = cursor.advance();
      return pathOn(new Tree.Literal(Long.MIN_VALUE, number.start()));
    }
    cursor.enter(operator);
    Tree operand = unary();
    cursor.leave();
    return new Tree.Unary(operator.text(), operand, operator.start());
  }

  private Tree path() {
    return pathOn(primary());
  }

  private Tree pathOn(Tree base) {
    List<Tree.Step> steps = new ArrayList<>();
    while (cursor.token().isSymbol(".") || cursor.token().isSymbol("[")) {
      if (steps.size() >= Limits.CHAIN) {
        throw cursor.tooDeep(cursor.token());
      }
      steps.add(cursor.token().isSymbol(".") ? member() : index());
    }
    return steps.isEmpty() ? base : new Tree.Path(base, List.copyOf(steps), base.at());
  }

  private Tree.Step index() {
    Token open = cursor.advance();
    cursor.enter(open);
    Tree index = choice();
    cursor.leave();
    cursor.expect("]");
    return new Tree.Step.Index(index, open.start());
  }

  private Tree.Step member() {
    cursor.advance();
    if (cursor.token().kind() != Token.Kind.NAME) {
      throw cursor.unexpected("a name behind the dot (other keys are written ['key'])");
    }
    Token name = cursor.advance();
    if (!cursor.token().isSymbol("(")) {
      return new Tree.Step.Member(name.text(), name.start());
    }
    MacroKind macro = MacroKind.of(name.text());
    return macro == null
        ? new Tree.Step.Method(name.text(), arguments(), name.start())
        : macro(macro, name);
  }

  private Tree.Step macro(MacroKind kind, Token name) {
    cursor.expect("(");
    Token bound = cursor.token();
    String form = kind.word() + "(x, …)";
    if (bound.kind() != Token.Kind.NAME) {
      throw cursor.unexpected("a name for the element, as in " + form);
    }
    cursor.advance();
    if (!cursor.token().isSymbol(",")) {
      throw cursor.unexpected("a comma behind the name of the element, as in " + form);
    }
    cursor.advance();
    String refusal = scope.refusal(bound.text());
    if (refusal != null) {
      throw cursor.place(bound.start()).failure(ExpressionCode.NAME, refusal);
    }
    cursor.enter(name);
    int slot = scope.bind(bound.text());
    Tree body = choice();
    scope.release();
    cursor.leave();
    cursor.expect(")");
    return new Tree.Step.Macro(kind, slot, body, name.start());
  }

  private List<Tree> arguments() {
    Token open = cursor.expect("(");
    return listUntil(")", open);
  }

  /** Reads expressions with commas between them; a comma may also stand behind the last one. */
  private List<Tree> listUntil(String close, Token open) {
    List<Tree> elements = new ArrayList<>();
    cursor.enter(open);
    while (!cursor.token().isSymbol(close)) {
      elements.add(choice());
      if (!cursor.token().isSymbol(close) && !cursor.token().isSymbol(",")) {
        throw cursor.unexpected("a comma or " + close);
      }
      if (cursor.token().isSymbol(",")) {
        cursor.advance();
      }
    }
    cursor.leave();
    cursor.advance();
    return List.copyOf(elements);
  }

  private Tree primary() {
    return switch (cursor.token().kind()) {
      case NUMBER -> number();
      case TEXT -> {
        Token text = cursor.advance();
        yield new Tree.Literal(text.value(), text.start());
      }
      case NAME -> named();
      case SYMBOL -> bracketed();
      case END -> throw cursor.unexpected("a value");
    };
  }

  private Tree number() {
    Token number = cursor.advance();
    if (number.value() instanceof BigInteger) {
      throw cursor
          .place(number.start())
          .failure(ExpressionCode.NUMBER, number.text() + " does not fit into 64 bits");
    }
    return new Tree.Literal(number.value(), number.start());
  }

  private Tree bracketed() {
    Token open = cursor.token();
    if (open.isSymbol("(")) {
      cursor.advance();
      cursor.enter(open);
      Tree inner = choice();
      cursor.leave();
      cursor.expect(")");
      return inner;
    }
    if (open.isSymbol("[")) {
      cursor.advance();
      return new Tree.ListOf(listUntil("]", open), open.start());
    }
    if (open.isSymbol("{")) {
      return map();
    }
    throw cursor.unexpected("a value");
  }

  private Tree map() {
    Token open = cursor.advance();
    List<Tree.Entry> entries = new ArrayList<>();
    cursor.enter(open);
    while (!cursor.token().isSymbol("}")) {
      Tree key = choice();
      cursor.expect(":");
      entries.add(new Tree.Entry(key, choice()));
      if (!cursor.token().isSymbol("}") && !cursor.token().isSymbol(",")) {
        throw cursor.unexpected("a comma or }");
      }
      if (cursor.token().isSymbol(",")) {
        cursor.advance();
      }
    }
    cursor.leave();
    cursor.advance();
    return new Tree.MapOf(List.copyOf(entries), open.start());
  }

  private Tree named() {
    Token name = cursor.token();
    String run = cursor.run();
    String dashed = scope.dashedNode(run);
    if (dashed != null && dashed.length() > name.text().length()) {
      cursor.pass(dashed.length());
      return new Tree.Named(dashed, run, name.start());
    }
    cursor.advance();
    switch (name.text()) {
      case "true", "false" -> {
        return new Tree.Literal(Boolean.valueOf(name.text()), name.start());
      }
      case "null" -> {
        return new Tree.Literal(null, name.start());
      }
      case "in" ->
          throw cursor
              .place(name.start())
              .failure(ExpressionCode.SYNTAX, "expected a value, found \"in\"");
      default -> {
        if (cursor.token().isSymbol("(")) {
          return new Tree.Call(name.text(), arguments(), name.start());
        }
      }
    }
    int bound = scope.slot(name.text());
    return bound >= 0
        ? new Tree.Bound(bound, name.start())
        : new Tree.Named(name.text(), run, name.start());
  }
}
