package io.flowforge.internal.expression;

/** What a name in an expression stands for, as the planner answers it. */
public sealed interface Name {

  /** A root such as {@code inputs}; its value is {@link Variables#root(int)}. */
  record Root(int slot) implements Name {}

  /**
   * A root that holds named values nobody may look into, such as {@code credentials}: only a whole
   * entry ({@code credentials.crm}), or one part of an entry ({@code credentials.crm.password}),
   * can be passed on, and not as part of a text. Its value is a map whose entries are opaque
   * objects, so that no function can take them; the key of a part is that of the entry, a dot and
   * the part's.
   */
  record Vault(int slot) implements Name {}

  /** A node whose results may be used here. */
  record Node(int slot) implements Name {}

  /**
   * A node that exists and may not be used here.
   *
   * @param reason ends the sentence {@code "c" …}, such as {@code is not upstream of "b"}
   */
  record OutOfReach(String reason) implements Name {}

  /**
   * A name that is known and refused.
   *
   * @param reason ends the sentence {@code "env" …}
   */
  record Forbidden(String reason) implements Name {}

  /** No such name. */
  record Unknown() implements Name {}
}
