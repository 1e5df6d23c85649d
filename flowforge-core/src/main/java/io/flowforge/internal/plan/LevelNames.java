package io.flowforge.internal.plan;

import io.flowforge.internal.expression.Name;
import io.flowforge.internal.expression.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names that a place of a level may use: roots, the level's nodes, and those of the levels
 * around it.
 *
 * <p>Every node of these levels resolves; whether it comes before is checked for all references of
 * a level together ({@link Level#outOfReach}), which is what keeps planning linear.
 */
final class LevelNames implements Names {
  private static final String NO_NODES = "is a node, and no node has run when this is evaluated";

  private final Level level;
  private final boolean nodes;
  private final boolean last;

  private LevelNames(Level level, boolean nodes, boolean last) {
    this.level = level;
    this.nodes = nodes;
    this.last = last;
  }

  static LevelNames of(Level level) {
    return new LevelNames(level, true, false);
  }

  /** For what is evaluated before any node has run. */
  static LevelNames withoutNodes(Level level) {
    return new LevelNames(level, false, false);
  }

  /** For the condition of a while node. */
  LevelNames withLast() {
    return new LevelNames(level, nodes, true);
  }

  @Override
  public Name root(String name) {
    int slot = Roots.NAMES.indexOf(name);
    if (slot < 0 || slot == Roots.LAST && !last) {
      return new Name.Unknown();
    }
    return slot == Roots.CREDENTIALS ? new Name.Vault(slot) : new Name.Root(slot);
  }

  @Override
  public Name node(String id) {
    int up = 0;
    for (Level at = level; at != null; at = at.parent) {
      int index = at.graph.index(id);
      if (index >= 0) {
        return nodes
            ? new Name.Node(up << Roots.LEVEL_SHIFT | index)
            : new Name.OutOfReach(NO_NODES);
      }
      up++;
    }
    return new Name.Unknown();
  }

  @Override
  public Collection<String> suggestions() {
    List<String> all = new ArrayList<>(Roots.NAMES);
    all.add("nodes");
    for (Level at = level; at != null; at = at.parent) {
      at.flow.nodes().forEach(node -> all.add(node.id()));
    }
    return all;
  }
}
