package io.flowforge.campaign.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds what a scenario left behind against the invariants I1 to I12.
 *
 * <p>It reads the store as it lies there, the log of effects, the acknowledgements and what the
 * processes wrote, and shares no code with engine and stores. I9, that all ends in time, is told by
 * the processes: the last one ends with 0.
 */
public final class Oracle {
  private static final String OVER = "COMPLETED FAILED CANCELLED";

  private final Path folder;
  private final Stored stored;
  private final List<EffectLine> effects;
  private final FlowShape flow;
  private final FlowShape child;
  private final List<String> broken = new ArrayList<>();

  private Oracle(Path folder, Stored stored) throws IOException {
    this.folder = folder;
    this.stored = stored;
    this.effects = EffectLine.read(folder.resolve("effects"));
    this.flow = new FlowShape(Files.readString(folder.resolve("flow.json")));
    this.child = new FlowShape(Files.readString(folder.resolve("child.json")));
  }

  /**
   * What is wrong while nothing runs and work is left, as right after a crash.
   *
   * @param folder of the scenario
   * @param stored what the store holds
   * @return sentences; none when all is well
   */
  public static List<String> midway(Path folder, Stored stored) throws IOException {
    Oracle oracle = new Oracle(folder, stored);
    oracle.acknowledged();
    oracle.journals();
    oracle.effectsAreCovered();
    oracle.keysAndInputs();
    return oracle.broken;
  }

  /**
   * What is wrong when all has ended and every process is gone.
   *
   * @param folder of the scenario
   * @param stored what the store holds
   * @param ends how executions must end, as {@link #ends} says of a run without faults; those that
   *     are not named may end as they like
   * @return sentences; none when all is well
   */
  public static List<String> ended(Path folder, Stored stored, Map<String, String> ends)
      throws IOException {
    Oracle oracle = new Oracle(folder, stored);
    oracle.acknowledged();
    oracle.journals();
    oracle.effectsAreCovered();
    oracle.keysAndInputs();
    oracle.effectsHappened();
    oracle.allIsOver();
    oracle.nothingRawInLogs();
    Map<String, String> found = ends(stored);
    ends.forEach(
        (id, end) ->
            oracle.must(
                end.equals(found.get(id)),
                "I1",
                id + " ended as " + found.get(id) + " not " + end));
    return oracle.broken;
  }

  /**
   * How executions have ended.
   *
   * @param stored what the store holds
   * @return status and outputs, or why it is parked, by id
   */
  public static Map<String, String> ends(Stored stored) {
    Map<String, String> ends = new TreeMap<>();
    for (Stored.Execution one : stored.executions().values()) {
      Object outputs = null;
      for (Stored.Page page : one.pages()) {
        for (Map<String, Object> entry : page.entries()) {
          outputs = entry.containsKey("ended") ? entry.get("out") : outputs;
        }
      }
      if (one.id().startsWith("e") && one.id().indexOf('/') < 0) {
        ends.put(
            one.id(),
            one.status() + (one.reason() == null ? "" : " " + one.reason()) + " " + outputs);
      }
    }
    return ends;
  }

  /**
   * Effects that happened more than once for one attempt.
   *
   * @param folder of the scenario
   * @return how many too many
   */
  public static int repeated(Path folder) throws IOException {
    Set<String> attempts = new HashSet<>();
    int repeated = 0;
    for (EffectLine line : EffectLine.read(folder.resolve("effects"))) {
      repeated += attempts.add(line.run() + " " + line.attempt()) ? 0 : 1;
    }
    return repeated;
  }

  private void must(boolean holds, String invariant, String sentence) {
    if (!holds) {
      broken.add(invariant + ": " + sentence);
    }
  }

  private FlowShape shape(String execution) {
    return execution.matches("e\\d+") ? flow : child;
  }

  /** I1. */
  private void acknowledged() throws IOException {
    Path acks = folder.resolve("acks");
    if (Files.exists(acks)) {
      for (String line : Files.readAllLines(acks)) {
        String id = line.substring(line.indexOf(' ') + 1);
        must(stored.executions().containsKey(id), "I1", line + " was acknowledged and is lost");
      }
    }
  }

  /** I3 to I7, as far as pages show them. */
  private void journals() {
    for (Stored.Execution one : stored.executions().values()) {
      long position = 0;
      long epoch = 0;
      Map<Long, String> workers = new HashMap<>();
      for (Stored.Page page : one.pages()) {
        must(
            page.position() == ++position,
            "I5",
            one.id() + " has page " + page.position() + " where " + position + " belongs");
        must(
            page.epoch() >= epoch,
            "I7",
            one.id() + " has a page of epoch " + page.epoch() + " behind one of " + epoch);
        epoch = page.epoch();
        String worker = workers.putIfAbsent(epoch, page.worker());
        must(
            worker == null || worker.equals(page.worker()),
            "I7",
            one.id() + " has pages of two workers in epoch " + epoch);
      }
      must(
          epoch <= one.epoch(),
          "I7",
          one.id() + " is in epoch " + one.epoch() + " and has a page of " + epoch);
      new Entries(one).check();
    }
  }

  /** The entries of one journal, in order. */
  private final class Entries {
    private final Stored.Execution execution;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> over = new HashSet<>();
    private final Map<String, Long> attempts = new HashMap<>();
    private final Map<String, String> configs = new HashMap<>();
    private boolean ended;

    Entries(Stored.Execution execution) {
      this.execution = execution;
    }

    void check() {
      for (Stored.Page page : execution.pages()) {
        page.entries().forEach(this::entry);
      }
      boolean isOver = OVER.contains(execution.status());
      must(
          ended == isOver,
          "I4",
          execution.id() + " is " + execution.status() + (ended ? " and ended" : " and not ended"));
    }

    private void entry(Map<String, Object> entry) {
      must(!ended, "I4", execution.id() + " goes on after its end: " + entry.keySet());
      if (entry.get("begin") instanceof String path) {
        begins(path, entry);
      } else if (entry.get("end") instanceof String path) {
        must(over.add(path), "I3", execution.id() + " has two results of " + path);
      } else if (entry.get("retry") instanceof String path) {
        long made = Long.parseLong(String.valueOf(entry.get("n")));
        Long before = attempts.put(path, made);
        must(
            made == (before == null ? 0 : before) + 1,
            "I5",
            execution.id() + " counts attempt " + made + " of " + path + " after " + before);
      }
      ended |= entry.containsKey("ended");
    }

    private void begins(String path, Map<String, Object> entry) {
      must(!over.contains(path), "I3", execution.id() + " begins " + path + " after its result");
      String config = String.valueOf(entry.get("config"));
      String before = configs.putIfAbsent(path, config);
      must(
          before == null || before.equals(config) || entry.get("config") == null,
          "I8",
          execution.id() + " resolved the config of " + path + " twice");
      begun.add(path);
      for (String earlier : shape(execution.id()).before(path)) {
        must(
            over.contains(earlier) || !begun.contains(earlier),
            "I6",
            execution.id() + " begins " + path + " before the result of " + earlier);
      }
    }
  }

  /** I6: an effect that happened has been written down before, with all it hangs on. */
  private void effectsAreCovered() {
    Set<String> begun = new HashSet<>();
    for (Stored.Execution one : stored.executions().values()) {
      for (Stored.Page page : one.pages()) {
        for (Map<String, Object> entry : page.entries()) {
          begun.add(one.id() + " " + entry.get("begin"));
        }
      }
    }
    for (EffectLine line : effects) {
      must(begun.contains(line.run()), "I6", line.run() + " had its effect before it was written");
      Stored.Execution one = stored.executions().get(line.execution());
      must(
          one != null && line.epoch() <= one.epoch(),
          "I7",
          line.run() + " had an effect in epoch " + line.epoch() + ", which never was");
    }
  }

  /** I8. */
  private void keysAndInputs() {
    Map<String, EffectLine> first = new HashMap<>();
    Map<String, String> runs = new HashMap<>();
    for (EffectLine line : effects) {
      EffectLine other = first.putIfAbsent(line.run(), line);
      if (other != null) {
        must(line.key().equals(other.key()), "I8", line.run() + " has two keys");
        must(line.input().equals(other.input()), "I8", line.run() + " has two inputs");
      }
      String run = runs.putIfAbsent(line.key(), line.run());
      must(
          run == null || run.equals(line.run()), "I8", run + " and " + line.run() + " share a key");
    }
  }

  /** I2. */
  private void effectsHappened() {
    Set<String> happened = new HashSet<>();
    effects.forEach(line -> happened.add(line.run()));
    for (Stored.Execution one : stored.executions().values()) {
      for (Stored.Page page : one.pages()) {
        for (Map<String, Object> entry : page.entries()) {
          if (entry.get("end") instanceof String path
              && "COMPLETED".equals(entry.get("s"))
              && shape(one.id()).hasEffect(path)) {
            String run = one.id() + " " + path;
            must(happened.contains(run), "I2", run + " is done and had no effect");
          }
        }
      }
    }
  }

  /** I1, I10 and I12. */
  private void allIsOver() {
    for (Stored.Execution one : stored.executions().values()) {
      must(
          OVER.contains(one.status()) || one.status().equals("PARKED"),
          "I1",
          one.id() + " is left " + one.status());
      must(one.owner() == null, "I10", one.id() + " is still owned by " + one.owner());
    }
    Stored.Execution canary = stored.executions().get("canary");
    must(
        canary != null && canary.status().equals("COMPLETED"),
        "I12",
        "the canary is " + (canary == null ? "missing" : canary.status()));
  }

  /** I11. */
  private void nothingRawInLogs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log :
          files.filter(file -> file.getFileName().toString().startsWith("log")).toList()) {
        for (String line : Files.readAllLines(log)) {
          must(
              !line.contains("Exception") && !line.contains("Error"),
              "I11",
              log.getFileName() + " has " + line);
        }
      }
    }
  }
}
