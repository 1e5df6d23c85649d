package io.flowforge.internal.expression;

/**
 * One place where an expression reads a root or a node, for {@code explain} and for the planner.
 *
 * @param pointer JSON pointer of the string inside the config value, empty for the value itself
 * @param expression text of the expression, without the braces
 * @param kind what is read
 * @param name name of the root, or id of the node; empty for {@link Kind#ANY_NODE}
 * @param slot slot of the root or node, -1 for {@link Kind#ANY_NODE}
 * @param path the part that is known beforehand, such as {@code output.body.items[0]}; may be empty
 */
public record Reference(
    String pointer, String expression, Kind kind, String name, int slot, String path) {

  /** What a reference reads. */
  public enum Kind {
    /** A root. */
    ROOT,
    /** A node known beforehand. */
    NODE,
    /** An entry of a {@link Name.Vault}; its name is the path. */
    VAULT,
    /** A node that is chosen while the expression runs ({@code nodes[inputs.which]}). */
    ANY_NODE
  }

  Reference at(String place) {
    return new Reference(place, expression, kind, name, slot, path);
  }
}
