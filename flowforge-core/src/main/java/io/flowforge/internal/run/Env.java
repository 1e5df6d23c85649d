package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.Timestamps;
import io.flowforge.flow.Flow;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.plan.Roots;
import io.flowforge.internal.plan.Surroundings;
import io.flowforge.spi.ItemExpression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What expressions of one node run see. */
class Env implements Surroundings {
  private static final PlainKeys EXECUTION = PlainKeys.of("id", "startedAt", "tenant");
  private static final PlainKeys FLOW = PlainKeys.of("id", "name", "version");

  final Scope scope;
  final int node;

  Env(Scope scope, int node) {
    this.scope = scope;
    this.node = node;
  }

  @Override
  public @Nullable Object root(int slot) {
    Run run = scope.run;
    return switch (slot) {
      case Roots.INPUTS -> run.inputs;
      case Roots.INPUT -> NodeInput.of(scope, node);
      case Roots.VARS -> run.vars;
      case Roots.TRIGGER -> run.event;
      case Roots.ITEM -> iteration().item;
      case Roots.INDEX -> index();
      case Roots.ERROR -> error();
      case Roots.EXECUTION -> execution(run);
      case Roots.FLOW -> flow(run);
      case Roots.LAST -> null;
      case Roots.CREDENTIALS -> run.credentials();
      default -> throw new IllegalArgumentException("root " + slot);
    };
  }

  @Override
  public ItemExpression bind(Condition expression) {
    return new BoundItem(scope, node, expression);
  }

  private static Object execution(Run run) {
    return PlainMap.of(EXECUTION, run.id(), Timestamps.text(run.startedMicros), run.start.tenant());
  }

  private static Object flow(Run run) {
    Flow flow = run.plan.flow;
    return PlainMap.of(FLOW, flow.id(), flow.name().orElse(null), flow.contentHash());
  }

  private Scope iteration() {
    Scope at = scope;
    while (at.index < 0 && at.parent != null) {
      at = at.parent;
    }
    return at;
  }

  private @Nullable Object index() {
    int index = iteration().index;
    return index < 0 ? null : (Object) index;
  }

  private @Nullable Object error() {
    ExecutionError error = NodeInput.error(scope, node);
    return error == null ? null : error.toValue();
  }

  private Scope at(int slot) {
    Scope at = scope;
    for (int up = slot >>> Roots.LEVEL_SHIFT; up > 0 && at.parent != null; up--) {
      at = at.parent;
    }
    return at;
  }

  @Override
  public @Nullable Object nodeOutput(int slot) {
    return at(slot).output(slot & Roots.NODE_MASK);
  }

  @Override
  public @Nullable String nodeStatus(int slot) {
    return at(slot).status(slot & Roots.NODE_MASK).name();
  }

  @Override
  public @Nullable Object nodeError(int slot) {
    NodeState state = at(slot).stateOrNull(slot & Roots.NODE_MASK);
    return state == null || state.error == null ? null : state.error.toValue();
  }

  @Override
  public int nodeAttempts(int slot) {
    return at(slot).attempts(slot & Roots.NODE_MASK);
  }

  @Override
  public boolean reaches(int slot) {
    Scope at = scope;
    int here = node;
    for (int up = slot >>> Roots.LEVEL_SHIFT; up > 0 && at.parent != null; up--) {
      here = at.plan.parentNode;
      at = at.parent;
    }
    int wanted = slot & Roots.NODE_MASK;
    // Outputs of a level, which stand at no node, are resolved when all of it has run.
    return here < 0 || here == wanted || !Explainer.path(at.plan, wanted, here).isEmpty();
  }

  @Override
  public Instant now() {
    return Timestamps.ofMicros(scope.run.host.time().epochMicros());
  }

  @Override
  public String newId() {
    return scope.run.host.newId();
  }

  /** The same place with {@code item} and {@code index}, or {@code last}, set. */
  static final class With extends Env {
    private final @Nullable Object item;
    private final int index;
    private final @Nullable Object last;

    With(Scope scope, int node, @Nullable Object item, int index, @Nullable Object last) {
      super(scope, node);
      this.item = item;
      this.index = index;
      this.last = last;
    }

    @Override
    public @Nullable Object root(int slot) {
      return switch (slot) {
        case Roots.ITEM -> item;
        case Roots.INDEX -> index;
        case Roots.LAST -> last;
        default -> super.root(slot);
      };
    }
  }
}
