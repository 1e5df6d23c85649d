package io.flowforge.internal.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one evaluation carries along: its variables, its bound names and what it has used up. */
final class Frame {

  private static final @Nullable Object[] NOTHING = {};

  private final Variables variables;
  private final @Nullable Object[] bound;
  private int stepsLeft;
  private long roomLeft;
  private boolean built;

  private Frame(Variables variables, int bound, int steps, long room) {
    this.variables = variables;
    this.bound = bound == 0 ? NOTHING : new @Nullable Object[bound];
    this.stepsLeft = steps;
    this.roomLeft = room;
  }

  static Frame of(Variables variables, int bound) {
    return new Frame(variables, bound, Limits.STEPS, Limits.BUILT);
  }

  /** A frame for work outside of an expression. */
  static Frame standalone() {
    return of(NoVariables.INSTANCE, 0);
  }

  /** A frame for work at load time, which is given up early. */
  static Frame folding(int bound) {
    return new Frame(NoVariables.INSTANCE, bound, Limits.STEPS / 100, Limits.RESULT / 256);
  }

  Variables variables() {
    return variables;
  }

  @Nullable Object bound(int slot) {
    return bound[slot];
  }

  void bind(int slot, @Nullable Object value) {
    bound[slot] = value;
  }

  /** Counts work that grows with data. */
  void step(long steps) {
    if (steps > stepsLeft) {
      stepsLeft = 0;
      throw ExpressionException.of(
          ExpressionCode.BUDGET,
          "an evaluation has at most " + Limits.STEPS + " steps, this one needs more");
    }
    stepsLeft -= (int) steps;
  }

  /** Counts the work of going through a text once. */
  void read(CharSequence text) {
    step(1 + text.length() / 1024);
  }

  /** Counts characters, or 8 per element, that are about to be built. */
  void grow(long size) {
    if (size > roomLeft) {
      roomLeft = 0;
      throw tooLarge();
    }
    roomLeft -= size;
  }

  /** Counts a list or map that is about to be built; its content is measured at the end. */
  void growList(int elements) {
    built = true;
    step(elements / 16);
    grow(16 + 8L * elements);
  }

  /** True once a list or map was built, so that the result has to be measured. */
  boolean hasBuilt() {
    return built;
  }

  int stepsLeft() {
    return stepsLeft;
  }

  long roomLeft() {
    return roomLeft;
  }

  static ExpressionException tooLarge() {
    return ExpressionException.of(
        ExpressionCode.OUTPUT,
        "an evaluation builds at most " + Limits.RESULT + " characters, this one builds more");
  }

  /** Variables of an expression that reads none. */
  private static final class NoVariables implements Variables {
    static final NoVariables INSTANCE = new NoVariables();

    @Override
    public @Nullable Object root(int slot) {
      return null;
    }

    @Override
    public @Nullable Object nodeOutput(int node) {
      return null;
    }

    @Override
    public @Nullable String nodeStatus(int node) {
      return null;
    }

    @Override
    public @Nullable Object nodeError(int node) {
      return null;
    }

    @Override
    public int nodeAttempts(int node) {
      return 0;
    }

    @Override
    public boolean reaches(int node) {
      return false;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public String newId() {
      return "";
    }
  }
}
