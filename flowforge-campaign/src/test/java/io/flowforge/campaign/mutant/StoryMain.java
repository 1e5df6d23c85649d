package io.flowforge.campaign.mutant;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Lives through one story, and writes what broke; so the mutants of one process are not another's.
 */
final class StoryMain {
  /** What each line about something broken begins with. */
  static final String BROKEN = "BROKEN ";

  private StoryMain() {}

  public static void main(String[] arguments) throws Exception {
    Stories.Told told = Objects.requireNonNull(Stories.ALL.get(arguments[0]));
    told.story().broken(Path.of(arguments[1])).forEach(one -> System.out.println(BROKEN + one));
    // Threads of an engine that was left dead must not keep the process.
    Runtime.getRuntime().halt(0);
  }
}
