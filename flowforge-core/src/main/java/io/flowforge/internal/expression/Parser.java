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

  private final Lexer lexer;
  private final int start;
  private final Scope scope;
  private Token token;
  private int depth;

  Parser(Lexer lexer, int start, Names names) {
    this.lexer = lexer;
    this.start = start;
    this.scope = new Scope(names);
    this.token = lexer.next(start);
  }

  /** Most names bound at once anywhere in what was read. */
  int mostBound() {
    return scope.mostBound();
  }

  /** Reads an expression that fills the text. */
  Tree whole() {
    Tree tree = choice();
    if (token.kind() != Token.Kind.END) {
      throw unexpected("an operator or the end");
    }
    if (token.end() - start > Limits.SOURCE) {
      throw syntax("an expression is at most " + Limits.SOURCE + " characters long");
    }
    return tree;
  }

  /** Reads an expression up to the brace that closes it; {@link #position} is behind the brace. */
  Tree braced() {
    Tree tree = choice();
    if (!token.isSymbol("}")) {
      throw token.kind() == Token.Kind.END
          ? new Place(lexer.text(), start)
              .failure(ExpressionCode.SYNTAX, "${ is not closed, } is missing")
          : unexpected("an operator or }");
    }
    return tree;
  }

  /** Offset behind the token that ended the expression. */
  int position() {
    return token.end();
  }

  private Tree choice() {
    int at = token.start();
    Tree first = any();
    if (!token.isSymbol("?")) {
      return first;
    }
    List<Tree.Case> cases = new ArrayList<>();
    Tree last = first;
    while (token.isSymbol("?")) {
      Token mark = advance();
      enter(mark);
      Tree value = choice();
      leave();
      expect(":");
      cases.add(new Tree.Case(last, value));
      last = any();
    }
    return new Tree.Choice(List.copyOf(cases), last, at);
  }

  private Tree any() {
    Tree first = all();
    if (!token.isSymbol("||")) {
      return first;
    }
    List<Tree> operands = new ArrayList<>(List.of(first));
    while (token.isSymbol("||")) {
      advance();
      operands.add(all());
    }
    return new Tree.Logic("||", List.copyOf(operands), first.at());
  }

  private Tree all() {
    Tree first = relation();
    if (!token.isSymbol("&&")) {
      return first;
    }
    List<Tree> operands = new ArrayList<>(List.of(first));
    while (token.isSymbol("&&")) {
      advance();
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
      Token operator = advance();
      links.add(new Tree.Link(operator.text(), sum(), operator.start()));
    }
    return new Tree.Chain(first, List.copyOf(links), first.at());
  }

  private boolean isComparison() {
    return token.isName("in")
        || token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text());
  }

  private Tree sum() {
    Tree first = product();
    if (!isSymbol(SUMS)) {
      return first;
    }
    List<Tree.Link> links = new ArrayList<>();
    while (isSymbol(SUMS)) {
      if (links.size() + 1 >= Limits.CHAIN) {
        throw tooDeep(token.start());
      }
      Token operator = advance();
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
      Token operator = advance();
      links.add(new Tree.Link(operator.text(), unary(), operator.start()));
    }
    return new Tree.Chain(first, List.copyOf(links), first.at());
  }

  private boolean isSymbol(Set<String> symbols) {
    return token.kind() == Token.Kind.SYMBOL && symbols.contains(token.text());
  }

  private Tree unary() {
    if (!token.isSymbol("!") && !token.isSymbol("-")) {
      return path();
    }
    Token operator = advance();
    if (operator.isSymbol("-") && token.value() instanceof BigInteger) {
      Token number = advance();
      return pathOn(new Tree.Literal(Long.MIN_VALUE, number.start()));
    }
    enter(operator);
    Tree operand = unary();
    leave();
    return new Tree.Unary(operator.text(), operand, operator.start());
  }

  private Tree path() {
    return pathOn(primary());
  }

  private Tree pathOn(Tree base) {
    List<Tree.Step> steps = new ArrayList<>();
    while (token.isSymbol(".") || token.isSymbol("[")) {
      if (steps.size() >= Limits.CHAIN) {
        throw tooDeep(token.start());
      }
      steps.add(token.isSymbol(".") ? member() : index());
    }
    return steps.isEmpty() ? base : new Tree.Path(base, List.copyOf(steps), base.at());
  }

  private Tree.Step index() {
    Token open = advance();
    enter(open);
    Tree index = choice();
    leave();
    expect("]");
    return new Tree.Step.Index(index, open.start());
  }

  private Tree.Step member() {
    advance();
    if (token.kind() != Token.Kind.NAME) {
      throw unexpected("a name behind the dot (other keys are written ['key'])");
    }
    Token name = advance();
    if (!token.isSymbol("(")) {
      return new Tree.Step.Member(name.text(), name.start());
    }
    MacroKind macro = MacroKind.of(name.text());
    return macro == null
        ? new Tree.Step.Method(name.text(), arguments(), name.start())
        : macro(macro, name);
  }

  private Tree.Step macro(MacroKind kind, Token name) {
    expect("(");
    Token bound = token;
    String form = kind.word() + "(x, …)";
    if (bound.kind() != Token.Kind.NAME) {
      throw unexpected("a name for the element, as in " + form);
    }
    advance();
    if (!token.isSymbol(",")) {
      throw unexpected("a comma behind the name of the element, as in " + form);
    }
    advance();
    String refusal = scope.refusal(bound.text());
    if (refusal != null) {
      throw place(bound.start()).failure(ExpressionCode.NAME, refusal);
    }
    enter(name);
    int slot = scope.bind(bound.text());
    Tree body = choice();
    scope.release();
    leave();
    expect(")");
    return new Tree.Step.Macro(kind, slot, body, name.start());
  }

  private List<Tree> arguments() {
    Token open = expect("(");
    return listUntil(")", open);
  }

  /** Reads expressions with commas between them; a comma may also stand behind the last one. */
  private List<Tree> listUntil(String close, Token open) {
    List<Tree> elements = new ArrayList<>();
    enter(open);
    while (!token.isSymbol(close)) {
      elements.add(choice());
      if (!token.isSymbol(close) && !token.isSymbol(",")) {
        throw unexpected("a comma or " + close);
      }
      if (token.isSymbol(",")) {
        advance();
      }
    }
    leave();
    advance();
    return List.copyOf(elements);
  }

  private Tree primary() {
    return switch (token.kind()) {
      case NUMBER -> number();
      case TEXT -> {
        Token text = advance();
        yield new Tree.Literal(text.value(), text.start());
      }
      case NAME -> named();
      case SYMBOL -> bracketed();
      case END -> throw unexpected("a value");
    };
  }

  private Tree number() {
    Token number = advance();
    if (number.value() instanceof BigInteger) {
      throw place(number.start())
          .failure(ExpressionCode.NUMBER, number.text() + " does not fit into 64 bits");
    }
    return new Tree.Literal(number.value(), number.start());
  }

  private Tree bracketed() {
    Token open = token;
    if (open.isSymbol("(")) {
      advance();
      enter(open);
      Tree inner = choice();
      leave();
      expect(")");
      return inner;
    }
    if (open.isSymbol("[")) {
      advance();
      return new Tree.ListOf(listUntil("]", open), open.start());
    }
    if (open.isSymbol("{")) {
      return map();
    }
    throw unexpected("a value");
  }

  private Tree map() {
    Token open = advance();
    List<Tree.Entry> entries = new ArrayList<>();
    enter(open);
    while (!token.isSymbol("}")) {
      Tree key = choice();
      expect(":");
      entries.add(new Tree.Entry(key, choice()));
      if (!token.isSymbol("}") && !token.isSymbol(",")) {
        throw unexpected("a comma or }");
      }
      if (token.isSymbol(",")) {
        advance();
      }
    }
    leave();
    advance();
    return new Tree.MapOf(List.copyOf(entries), open.start());
  }

  private Tree named() {
    Token name = token;
    int dashedEnd = lexer.dashedEnd(name.start());
    String run = lexer.text().substring(name.start(), Math.max(dashedEnd, name.end()));
    String dashed = scope.dashedNode(run);
    if (dashed != null && dashed.length() > name.text().length()) {
      token = lexer.next(name.start() + dashed.length());
      return new Tree.Named(dashed, run, name.start());
    }
    advance();
    switch (name.text()) {
      case "true", "false" -> {
        return new Tree.Literal(Boolean.valueOf(name.text()), name.start());
      }
      case "null" -> {
        return new Tree.Literal(null, name.start());
      }
      case "in" ->
          throw place(name.start())
              .failure(ExpressionCode.SYNTAX, "expected a value, found \"in\"");
      default -> {
        if (token.isSymbol("(")) {
          return new Tree.Call(name.text(), arguments(), name.start());
        }
      }
    }
    int bound = scope.slot(name.text());
    return bound >= 0
        ? new Tree.Bound(bound, name.start())
        : new Tree.Named(name.text(), run, name.start());
  }

  private Token advance() {
    Token passed = token;
    token = lexer.next(passed.end());
    return passed;
  }

  private Token expect(String symbol) {
    if (!token.isSymbol(symbol)) {
      throw unexpected(symbol);
    }
    return advance();
  }

  private void enter(Token opening) {
    if (++depth > Limits.DEPTH) {
      throw tooDeep(opening.start());
    }
  }

  private void leave() {
    depth--;
  }

  private ExpressionException tooDeep(int at) {
    String message =
        "an expression is nested at most " + Limits.DEPTH + " deep, this one is deeper";
    return place(at).failure(ExpressionCode.DEPTH, message);
  }

  private ExpressionException unexpected(String expected) {
    return syntax("expected " + expected + ", found " + token.shown());
  }

  private ExpressionException syntax(String message) {
    return place(token.start()).failure(ExpressionCode.SYNTAX, message);
  }

  private Place place(int at) {
    return new Place(lexer.text(), at);
  }
}
