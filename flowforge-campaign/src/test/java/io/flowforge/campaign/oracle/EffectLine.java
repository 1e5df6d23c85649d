package io.flowforge.campaign.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One effect on the world outside.
 *
 * @param key idempotency key
 * @param input hash of the input
 * @param epoch of the ownership in which it happened
 * @param attempt counted from 1
 * @param pid the process
 * @param number rises within the process
 * @param execution whose effect it is
 * @param path of the node run
 */
public record EffectLine(
    String key,
    String input,
    long epoch,
    int attempt,
    long pid,
    long number,
    String execution,
    String path) {

  /**
   * Reads a log of effects.
   *
   * @param file the log; none when it is not there
   * @return its lines
   */
  public static List<EffectLine> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream().map(EffectLine::of).toList();
  }

  private static EffectLine of(String line) {
    String[] words = line.split(" ", 8);
    return new EffectLine(
        words[0],
        words[1],
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        words[6],
        words[7]);
  }

  /** The node run, over all attempts. */
  public String run() {
    return execution + " " + path;
  }
}
