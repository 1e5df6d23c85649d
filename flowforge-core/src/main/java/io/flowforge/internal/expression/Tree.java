package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed tree of an expression. Whatever is written as a chain ({@code a + b + c}, {@code
 * a.b.c}, {@code a ? 1 : b ? 2 : 3}) is one branch with many leaves, so that the height of a tree
 * is bounded by the nesting of its text, never by its length.
 */
sealed interface Tree {

  /** Offset that messages point at. */
  int at();

  record Literal(@Nullable Object value, int at) implements Tree {}

  /**
   * A root or a node.
   *
   * @param run the name with what follows it without a space, such as {@code node-1}
   */
  record Named(String name, String run, int at) implements Tree {}

  /** A name bound by a macro around it. */
  record Bound(int slot, int at) implements Tree {}

  record Path(Tree base, List<Step> steps, int at) implements Tree {}

  record Unary(String operator, Tree operand, int at) implements Tree {}

  /** Operators of one rank, from left to right. */
  record Chain(Tree first, List<Link> links, int at) implements Tree {}

  /** {@code &&} or {@code ||} over two or more operands. */
  record Logic(String operator, List<Tree> operands, int at) implements Tree {}

  record Choice(List<Case> cases, Tree otherwise, int at) implements Tree {}

  record ListOf(List<Tree> elements, int at) implements Tree {}

  record MapOf(List<Entry> entries, int at) implements Tree {}

  record Call(String function, List<Tree> arguments, int at) implements Tree {}

  record Link(String operator, Tree operand, int at) {}

  record Case(Tree condition, Tree value) {}

  record Entry(Tree key, Tree value) {}

  /** One segment of a path. */
  sealed interface Step {

    int at();

    record Member(String name, int at) implements Step {}

    record Index(Tree index, int at) implements Step {}

    record Method(String function, List<Tree> arguments, int at) implements Step {}

    record Macro(MacroKind kind, int slot, Tree body, int at) implements Step {}
  }
}
