package io.flowforge.campaign;

import io.flowforge.campaign.oracle.Oracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Crashes processes at boundaries, has others finish their work, and asks the oracle.
 *
 * <p>Each boundary has a place in a store and a process of its own that dies there; one process
 * finishes what several have left.
 */
final class Crashes {
  static final String KIND = "A crash at a boundary";

  /** How often a point is reached by looking for work says nothing about the flow. */
  private static final int MOST_LOOKS = 2;

  private final Path root;
  private final Report report;
  private final Map<String, Map<String, String>> ends = new ConcurrentHashMap<>();

  Crashes(Path root, Report report) {
    this.root = root;
    this.report = report;
  }

  /**
   * Runs flows without faults, to learn how they end, and keeps the classes of that process for all
   * that come.
   */
  void learn(List<Ground> grounds, List<CampaignFlow> flows) {
    List<Path> folders = new ArrayList<>();
    Map<CampaignFlow, Scenario> first = new LinkedHashMap<>();
    for (Ground ground : grounds) {
      for (CampaignFlow flow : flows) {
        Scenario scenario = Scenario.of(root, ground, flow);
        first.putIfAbsent(flow, scenario);
        folders.add(scenario.folder());
      }
    }
    Path classes = root.resolve("classes.jsa");
    must(WorkerProcess.archive(classes, folders) == 0, "a run without faults does not end");
    ChildClassPath.use(classes);
    first.forEach((flow, scenario) -> ends.put(flow.name(), Oracle.ends(scenario.stored())));
  }

  /** How executions of a flow end when nothing fails. */
  Map<String, String> endsOf(CampaignFlow flow) {
    return ends.getOrDefault(flow.name(), Map.of());
  }

  /** Every place that a run without faults reaches. */
  List<Boundary> list(Ground ground, CampaignFlow flow) {
    Scenario scenario = Scenario.of(root, ground, flow);
    Path points = scenario.folder().resolve("points");
    int status = WorkerProcess.run("first", "count:" + points, List.of(scenario.folder()));
    must(status == 0, "counting ends with " + status);
    Map<String, Integer> times = new HashMap<>();
    List<Boundary> boundaries = new ArrayList<>();
    for (String point : lines(points)) {
      int nth = times.merge(point, 1, Integer::sum);
      if (nth <= MOST_LOOKS || !point.startsWith("store.claim")) {
        boundaries.add(new Boundary(ground, flow, point, nth));
      }
    }
    scenario.drop();
    return boundaries;
  }

  /** Crashes at each place; all of them are finished by one process. */
  void crash(List<Boundary> boundaries) {
    Map<Boundary, Scenario> left = new LinkedHashMap<>();
    Map<Boundary, List<String>> broken = new HashMap<>();
    Map<Boundary, Integer> ended = new HashMap<>();
    for (Boundary boundary : boundaries) {
      Scenario scenario = Scenario.of(root, boundary.ground(), boundary.flow());
      List<Path> folder = List.of(scenario.folder());
      ended.put(boundary, WorkerProcess.run("first", "halt:" + boundary.place(), folder));
      broken.put(boundary, new ArrayList<>(scenario.midway()));
      left.put(boundary, scenario);
    }
    long begin = System.nanoTime();
    List<Path> folders = left.values().stream().map(Scenario::folder).toList();
    int status = WorkerProcess.run("finish", "", folders);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    left.forEach(
        (boundary, scenario) -> {
          List<String> all = broken.get(boundary);
          if (status != 0) {
            all.add("I9: the process that should finish ended with " + status);
          }
          all.addAll(scenario.ended(endsOf(boundary.flow())));
          all.addAll(tooMany(boundary, scenario));
          boolean landed = ended.get(boundary) == WorkerProcess.KILLED;
          // The process that finished what was left is the defence, and is seen by its end.
          Fault fault =
              new Fault(KIND, boundary.toString(), landed, true, all, scenario.repeated(), millis);
          report.add(fault);
          if (all.isEmpty()) {
            scenario.drop();
          }
        });
  }

  /** Where effects come one after the other, it is known how many are repeated. */
  private static List<String> tooMany(Boundary boundary, Scenario scenario) {
    // On a busy machine a lease may end by itself, which repeats an effect as well.
    if (!boundary.flow().name().equals("chain") || scenario.fact("leasesLost") > 0) {
      return List.of();
    }
    int repeated = scenario.repeated();
    boolean atMostOne = repeated <= 1;
    boolean none = repeated == 0 || !boundary.point().equals("effect.before");
    boolean one = repeated == 1 || !boundary.point().equals("effect.after");
    return atMostOne && none && one
        ? List.of()
        : List.of("I2: " + repeated + " effects were repeated at " + boundary.place());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void must(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalStateException(sentence);
    }
  }
}
