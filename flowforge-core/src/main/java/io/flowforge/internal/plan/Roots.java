package io.flowforge.internal.plan;

import java.util.List;

/** The names that expressions may begin with, and their slots. */
public final class Roots {
  public static final int INPUTS = 0;
  public static final int INPUT = 1;
  public static final int VARS = 2;
  public static final int TRIGGER = 3;
  public static final int ITEM = 4;
  public static final int INDEX = 5;
  public static final int ERROR = 6;
  public static final int EXECUTION = 7;
  public static final int FLOW = 8;
  public static final int LAST = 9;
  public static final int CREDENTIALS = 10;

  /** A node's slot is its number, plus how many levels up it stands, shifted by this. */
  public static final int LEVEL_SHIFT = 20;

  public static final int NODE_MASK = (1 << LEVEL_SHIFT) - 1;

  /** Names by slot. */
  public static final List<String> NAMES =
      List.of(
          "inputs",
          "input",
          "vars",
          "trigger",
          "item",
          "index",
          "error",
          "execution",
          "flow",
          "last",
          "credentials");

  private Roots() {}
}
