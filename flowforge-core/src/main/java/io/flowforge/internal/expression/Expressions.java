package io.flowforge.internal.expression;

/** The door of this room: compiles expressions, conditions and templates. */
public final class Expressions {

  private Expressions() {}
}
