package io.flowforge.internal.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A compiled regular expression of RE2, whose time grows with the text and nothing else. */
final class TextPattern {

  private static final int LONGEST = 1024;
  private static final int PER_STEP = 256;

  private final Pattern pattern;

  private TextPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Compiles, or fails with {@link ExpressionCode#REGEX}. */
  static TextPattern of(String pattern) {
    if (pattern.length() > LONGEST) {
      throw wrong(pattern, "is longer than " + LONGEST + " characters");
    }
    // RE2 unrolls a{1000}; nested ones would multiply beyond memory before it refuses them.
    if (PatternSize.of(pattern) > PatternSize.LARGEST) {
      throw wrong(pattern, "repeats too much: " + PatternSize.LARGEST + " is the most altogether");
    }
    try {
      return new TextPattern(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      throw wrong(pattern, "is not RE2 (no look-around, no back-references): " + reason(e));
    }
  }

  /** The pattern that an argument holds, compiled beforehand or now. */
  static TextPattern from(Arguments arguments) {
    @Nullable Object value = arguments.value(1);
    if (value instanceof TextPattern prepared) {
      return prepared;
    }
    String pattern = arguments.text(1);
    arguments.frame().step(100 + Math.min(PatternSize.of(pattern), PatternSize.LARGEST));
    return of(pattern);
  }

  /** A matcher over a text; what matching may cost at most is counted beforehand. */
  Matcher matcher(Frame frame, String text) {
    frame.step(1 + (long) text.length() * pattern.programSize() / PER_STEP);
    return pattern.matcher(text);
  }

  private static String reason(PatternSyntaxException e) {
    return Described.text(e.getDescription() == null ? "" : e.getDescription());
  }

  private static ExpressionException wrong(String pattern, String why) {
    return ExpressionException.of(
        ExpressionCode.REGEX, "the pattern \"" + Described.text(pattern) + "\" " + why);
  }
}
