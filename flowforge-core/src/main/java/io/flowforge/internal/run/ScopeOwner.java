package io.flowforge.internal.run;

import org.jspecify.annotations.Nullable;

/** Who began a scope and hears of its end. */
interface ScopeOwner {
  /** What {@code input} is at the scope's entry nodes. */
  @Nullable Object entryInput(Scope scope);

  /** Nothing is left to do in the scope. */
  void over(Scope scope);
}
