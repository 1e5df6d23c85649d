package io.flowforge.campaign.mutant;

import java.util.Map;

/** By the name of each mutant a story that breaks with it, and what breaks. */
final class Stories {
  /**
   * A story.
   *
   * @param story what is lived through
   * @param invariant what breaks without the defence
   */
  record Told(Story story, String invariant) {}

  static final Map<String, Told> ALL =
      Map.ofEntries(
          Map.entry("no-epoch-check", new Told(new TakenOver(), "I7")),
          Map.entry("local-clock", new Told(new ClockAhead(), "P8")),
          Map.entry("two-transactions", new Told(new CutCommit(), "I1")),
          Map.entry("attempt-in-key", new Told(new Retried(), "I8")),
          Map.entry("memory-dedup", new Told(new SentTwice(), "P10")),
          Map.entry("no-recovery-count", new Told(new Deadly(), "P15")),
          Map.entry("early-release", new Told(new Closed(), "P12")),
          Map.entry("blind-retry", new Told(new LostAnswer(), "I3")),
          Map.entry("write-delay", new Told(new Killed(), "I1")),
          Map.entry("unbounded-queue", new Told(new Overload(), "P13")));

  private Stories() {}
}
