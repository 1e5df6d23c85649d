package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.expression.ExpressionException;
import io.flowforge.internal.expression.Expressions;
import io.flowforge.internal.expression.Name;
import io.flowforge.internal.expression.Names;
import io.flowforge.internal.expression.Reference;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reference of a config reads in a node run. */
final class ReferenceValue {
  private static final PlainKeys FIELDS = PlainKeys.of("output", "status", "error", "attempts");

  private ReferenceValue() {}

  /** The value, or null when it cannot be shown: a credential, or a path of another moment. */
  static @Nullable Object of(Reference reference, Env env) {
    try {
      Object base = base(reference, env);
      String path = reference.path();
      if (path.isEmpty()) {
        return Values.normalise(base);
      }
      String source = path.startsWith("[") ? "it" + path : "it." + path;
      return Values.normalise(Expressions.compile(source, new It()).evaluate(new Based(env, base)));
    } catch (ExpressionException | FlowForgeException ignored) {
      // Explaining must not fail where the run itself did not: there is just no value to show.
      return null;
    }
  }

  private static @Nullable Object base(Reference reference, Env env) {
    if (reference.kind() == Reference.Kind.ROOT) {
      return env.root(reference.slot());
    }
    int slot = reference.slot();
    return PlainMap.of(
        FIELDS,
        env.nodeOutput(slot),
        env.nodeStatus(slot),
        env.nodeError(slot),
        env.nodeAttempts(slot));
  }

  /** One name. */
  private static final class It implements Names {
    @Override
    public Name root(String name) {
      return name.equals("it") ? new Name.Root(0) : new Name.Unknown();
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

  /** One value. */
  private static final class Based extends Env {
    private final @Nullable Object base;

    Based(Env env, @Nullable Object base) {
      super(env.scope, env.node);
      this.base = base;
    }

    @Override
    public @Nullable Object root(int slot) {
      return base;
    }
  }
}
