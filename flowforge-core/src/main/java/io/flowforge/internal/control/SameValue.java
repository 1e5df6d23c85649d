package io.flowforge.internal.control;

import io.flowforge.internal.expression.Expression;
import io.flowforge.internal.expression.Expressions;
import io.flowforge.internal.expression.Name;
import io.flowforge.internal.expression.Names;
import io.flowforge.internal.expression.Variables;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Equality as {@code ==} has it in expressions, by way of an expression. */
final class SameValue {
  private static final Expression EQUALITY = Expressions.compile("left == right", new Sides());

  private SameValue() {}

  static boolean of(@Nullable Object a, @Nullable Object b) {
    return Boolean.TRUE.equals(EQUALITY.evaluate(new Pair(a, b)));
  }

  /** Two names. */
  private static final class Sides implements Names {
    @Override
    public Name root(String name) {
      return new Name.Root(name.equals("left") ? 0 : 1);
    }

    @Override
    public Name node(String id) {
      return new Name.Unknown();
    }

    @Override
    public Collection<String> suggestions() {
      return List.of();
    }
  }

  /** Two values. */
  private record Pair(@Nullable Object left, @Nullable Object right) implements Variables {
    @Override
    public @Nullable Object root(int slot) {
      return slot == 0 ? left : right;
    }

    @Override
    public @Nullable Object nodeOutput(int node) {
      return null;
    }

    @Override
    public @Nullable String nodeStatus(int node) {
      return null;
    }

    @Override
    public @Nullable Object nodeError(int node) {
      return null;
    }

    @Override
    public int nodeAttempts(int node) {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public String newId() {
      return "";
    }
  }
}
