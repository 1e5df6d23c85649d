package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that can be seen at one point of an expression: bound ones and the planner's. */
final class Scope {

  private static final Set<String> WORDS = Set.of("true", "false", "null", "in", "nodes");
  private static final int LONGEST_ID = 128;

  private final Names names;
  private final List<String> bound = new ArrayList<>();
  private int mostBound;

  Scope(Names names) {
    this.names = names;
  }

  /** Why a macro may not bind this name, or null if it may. */
  @Nullable String refusal(String name) {
    if (WORDS.contains(name)) {
      return "\"" + name + "\" is a word of the language and cannot name an element";
    }
    boolean root = !(names.root(name) instanceof Name.Unknown);
    boolean node = !(names.node(name) instanceof Name.Unknown);
    if (!root && !node) {
      return null;
    }
    String what = root ? "a root" : "a node";
    return "the name \"" + Described.text(name) + "\" would hide " + what + "; choose another one";
  }

  int bind(String name) {
    bound.add(name);
    mostBound = Math.max(mostBound, bound.size());
    return bound.size() - 1;
  }

  void release() {
    bound.remove(bound.size() - 1);
  }

  int mostBound() {
    return mostBound;
  }

  /** Slot of the innermost bound name, or -1. */
  int slot(String name) {
    return bound.lastIndexOf(name);
  }

  /** The longest beginning of a run such as {@code node-1-x} that is the id of a known node. */
  @Nullable String dashedNode(String run) {
    for (int to = Math.min(run.length(), LONGEST_ID); to > 0; to--) {
      if (to == run.length() || run.charAt(to) == '-') {
        String id = run.substring(0, to);
        if (id.indexOf('-') > 0 && !(names.node(id) instanceof Name.Unknown)) {
          return id;
        }
      }
    }
    return null;
  }
}
