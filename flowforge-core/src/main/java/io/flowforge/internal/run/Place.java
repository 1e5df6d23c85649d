package io.flowforge.internal.run;

import org.jspecify.annotations.Nullable;

/** A node run by its address. */
record Place(Scope scope, int node) {
  /** Finds {@code each[3]/charge}; null when there is no such node run. */
  static @Nullable Place find(Scope root, String path) {
    Scope scope = root;
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      int bracket = parts[i].indexOf('[');
      String id = bracket < 0 ? parts[i] : parts[i].substring(0, bracket);
      int node = scope.plan.indexOf(id);
      if (node < 0) {
        return null;
      }
      if (i == parts.length - 1) {
        return bracket < 0 ? new Place(scope, node) : null;
      }
      Scope inner = inner(scope, node, parts[i].substring(Math.max(bracket, 0)));
      if (inner == null) {
        return null;
      }
      scope = inner;
    }
    return null;
  }

  private static @Nullable Scope inner(Scope scope, int node, String brackets) {
    NodeState state = scope.stateOrNull(node);
    if (state == null || state.iterations == null || !brackets.matches("\\[\\d{1,9}\\]")) {
      return null;
    }
    int index = Integer.parseInt(brackets.substring(1, brackets.length() - 1));
    return index < state.iterations.size() ? state.iterations.get(index) : null;
  }
}
