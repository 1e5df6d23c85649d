package io.flowforge.internal.expression;

import java.util.Collection;

/**
 * The names that one place of a flow may use, asked while an expression is compiled.
 *
 * <p>The name {@code nodes} belongs to the language and is not asked for. An expression that picks
 * a node while it runs ({@code nodes[inputs.which]}) keeps this object and asks {@link #node} then;
 * so implementations are immutable and thread-safe.
 */
public interface Names {

  /**
   * Resolves a root.
   *
   * @return {@link Name.Root}, {@link Name.Vault}, {@link Name.Forbidden} or {@link Name.Unknown}
   */
  Name root(String name);

  /**
   * Resolves a node id as written in the flow.
   *
   * @return {@link Name.Node}, {@link Name.OutOfReach} or {@link Name.Unknown}
   */
  Name node(String id);

  /** Roots and node ids that may be used here, to propose the nearest one for a misspelt name. */
  Collection<String> suggestions();
}
