package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of this room: compiles expressions, conditions and templates. */
public final class Expressions {

  private Expressions() {}

  /**
   * Compiles an expression as it stands between the braces.
   *
   * @throws ExpressionException with all problems that were found
   */
  public static Expression compile(String source, Names names) {
    Problems problems = new Problems();
    Unit unit = bare(source, names, problems);
    problems.raise();
    return new CompiledExpression(unit);
  }

  /**
   * Compiles a condition, written bare or as one <code>${…}</code>; a boolean stands for itself.
   *
   * @throws ExpressionException with all problems that were found
   */
  public static Condition compileCondition(@Nullable Object condition, Names names) {
    Problems problems = new Problems();
    Unit unit = condition(condition, names, problems);
    problems.raise();
    return new CompiledExpression(unit);
  }

  /**
   * Compiles a config value: every string in it, at any depth, may hold <code>${…}</code>; the keys
   * of maps are taken as they are.
   *
   * @throws ExpressionException with all problems of all strings
   */
  public static Template compileTemplate(@Nullable Object value, Names names) {
    Problems problems = new Problems();
    TemplateCompiler compiler = new TemplateCompiler(names, problems);
    CompiledTemplate template = compiler.compile(value);
    problems.raise();
    return template;
  }

  /** All functions of the language, by group. */
  public static List<FunctionSummary> functions() {
    return Catalog.summaries();
  }

  private static Unit condition(@Nullable Object condition, Names names, Problems problems) {
    if (!(condition instanceof String text)) {
      Place nowhere = new Place("", 0);
      if (!(condition instanceof Boolean)) {
        throw nowhere.failure(
            ExpressionCode.CONDITION,
            "a condition is an expression or a boolean, not " + Described.value(condition));
      }
      String source = String.valueOf(condition);
      return new Unit(new Code.Constant(condition), source, List.of(), 0, nowhere);
    }
    if (!text.strip().startsWith("${")) {
      return bare(text, names, problems);
    }
    List<Object> parts = new TemplateText(text.strip(), names, problems).parts();
    problems.raise();
    if (parts.size() == 1 && parts.get(0) instanceof Unit unit) {
      return unit;
    }
    throw new Place(text, 0)
        .failure(
            ExpressionCode.SYNTAX, "a condition is one expression: write all of it inside ${ }");
  }

  private static Unit bare(String source, Names names, Problems problems) {
    Parser parser = new Parser(new Lexer(source, 0, source.length()), names);
    Tree tree = parser.whole();
    return new TreeCompiler(source, source.strip(), names, problems).unit(tree, parser.mostBound());
  }
}
