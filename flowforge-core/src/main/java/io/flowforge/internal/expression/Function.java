package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/**
 * A function of the catalog. It is called {@code f(x, y)} or {@code x.f(y)}.
 *
 * @param name what it is called by
 * @param signature as the documentation shows it, such as {@code round(number, digits?)}
 * @param summary one line that says what it gives
 * @param least fewest arguments
 * @param most most arguments
 * @param kind how it is compiled
 * @param body what it does
 */
record Function(
    String name, String signature, String summary, int least, int most, Kind kind, Body body) {

  /** How calls of a function are compiled. */
  enum Kind {
    /** Same arguments, same value: may be computed while compiling. */
    PURE,
    /** Gives something else each time. */
    CHANGING,
    /** Its second argument is a regular expression. */
    PATTERN,
    /** Its second argument is evaluated only if the first is null. */
    FALLBACK
  }

  /** The work of a function. */
  @FunctionalInterface
  interface Body {
    @Nullable Object apply(Arguments arguments);
  }

  /** A pure function; its arity is read from its signature. */
  static Function of(String signature, String summary, Body body) {
    int open = signature.indexOf('(');
    String name = signature.substring(0, open);
    String list = signature.substring(open + 1, signature.length() - 1);
    int most = 0;
    int least = 0;
    for (String parameter : list.isEmpty() ? new String[0] : list.split(", ")) {
      boolean repeated = parameter.equals("…");
      most = repeated ? Limits.SOURCE : most + 1;
      least += repeated || parameter.endsWith("?") ? 0 : 1;
    }
    return new Function(name, signature, summary, least, most, Kind.PURE, body);
  }

  Function as(Kind other) {
    return new Function(name, signature, summary, least, most, other, body);
  }

  /** What is wrong with so many arguments, or null if nothing is. */
  @Nullable String refusal(int arguments) {
    if (arguments >= least && arguments <= most) {
      return null;
    }
    String wanted = least == most ? String.valueOf(least) : least + " to " + most;
    String range = most == Limits.SOURCE ? "at least " + least : wanted;
    return signature + " takes " + range + " arguments, not " + arguments;
  }
}
