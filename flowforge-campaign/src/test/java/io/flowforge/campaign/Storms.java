package io.flowforge.campaign;

import io.flowforge.campaign.server.Await;
import io.flowforge.campaign.server.Signals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Faults that are not crashes at a boundary: processes that stand still, servers that die. */
final class Storms {
  private static final long PATIENCE_MILLIS = 120_000;

  /** Well below the lease of 30 s in pauses. */
  private static final long SHORT_NANOS = 20_000_000_000L;

  private static final String ZOMBIES = "B stopped processes";

  private final Path root;
  private final Report report;
  private final Crashes crashes;

  Storms(Path root, Report report, Crashes crashes) {
    this.root = root;
    this.report = report;
    this.crashes = crashes;
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    Await.until(PATIENCE_MILLIS, condition);
  }

  private static boolean stands(WorkerProcess worker) {
    return Await.holds(PATIENCE_MILLIS, () -> Signals.state(worker.pid()) == 'T');
  }

  /** Tells the report, and removes what is not needed to find out more. */
  private void tell(
      String kind,
      String what,
      Scenario scenario,
      boolean landed,
      boolean defended,
      List<String> broken,
      long since) {
    long millis = (System.nanoTime() - since) / 1_000_000;
    report.add(new Fault(kind, what, landed, defended, broken, scenario.repeated(), millis));
    if (broken.isEmpty() && landed && defended) {
      scenario.drop();
    }
  }

  private static List<String> late(int status) {
    return status == 0 ? List.of() : List.of("I9: a process ended with " + status);
  }

  /**
   * B01: a process stands still right before a write for longer than its lease, another finishes
   * its work, and then it goes on with that write.
   */
  void zombie(Ground ground, String point, int nth) {
    Scenario scenario = Scenario.of(root, ground, CampaignFlow.CHAIN);
    List<Path> folder = List.of(scenario.folder());
    try (WorkerProcess zombie = WorkerProcess.start("first", "stop:" + point + ":" + nth, folder)) {
      boolean landed = stands(zombie);
      long since = System.nanoTime();
      int finished = WorkerProcess.run("finish", "", folder);
      landed &= Signals.state(zombie.pid()) == 'T';
      long takeovers = scenario.fact("resumed");
      zombie.goOn();
      List<String> broken = new ArrayList<>(late(finished));
      broken.addAll(late(zombie.end()));
      broken.addAll(scenario.ended(crashes.endsOf(CampaignFlow.CHAIN)));
      boolean fenced = scenario.fact("pagesRefused") + scenario.fact("leasesLost") > 0;
      String what = "B01 " + ground.name() + " stopped at " + point + ":" + nth;
      tell(ZOMBIES, what, scenario, landed, takeovers > 0 && fenced, broken, since);
    }
  }

  /** B03: a process stands still for less than its lease; nobody takes anything from it. */
  void pause(Ground ground, String point, int nth) {
    Scenario scenario = Scenario.of(root, ground, CampaignFlow.CHAIN).with("lease", "PT30S");
    List<Path> folder = List.of(scenario.folder());
    try (WorkerProcess paused = WorkerProcess.start("first", "stop:" + point + ":" + nth, folder)) {
      boolean landed = stands(paused);
      long since = System.nanoTime();
      // Another engine looks for work all the while.
      try (WorkerProcess other = WorkerProcess.start("work", "", folder)) {
        await(() -> scenario.has("up-" + other.pid()));
        // On a machine too busy to start a process in that time it was no short pause.
        landed &= System.nanoTime() - since < SHORT_NANOS;
        paused.goOn();
        List<String> broken = new ArrayList<>(late(paused.end()));
        scenario.touch("stop");
        broken.addAll(late(other.end()));
        boolean untouched = scenario.fact("takeovers") + scenario.fact("pagesRefused") == 0;
        broken.addAll(late(WorkerProcess.run("finish", "", folder)));
        broken.addAll(scenario.ended(crashes.endsOf(CampaignFlow.CHAIN)));
        boolean defended = untouched && scenario.repeated() == 0;
        String what = "B03 " + ground.name() + " stopped at " + point + ":" + nth;
        tell(ZOMBIES, what, scenario, landed, defended, broken, since);
      }
    }
  }

  /** B04 and B06: several processes are stopped one by one and go on in another order. */
  void swizzle(Ground ground, long seed) {
    Scenario scenario = Scenario.of(root, ground, CampaignFlow.WAITS).with("count", "24");
    List<Path> folder = List.of(scenario.folder());
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      workers.add(WorkerProcess.start("first", "", folder));
      workers.add(WorkerProcess.start("work", "", folder));
      workers.add(WorkerProcess.start("work", "", folder));
      await(() -> scenario.effects() >= 8);
      long since = System.nanoTime();
      boolean landed = true;
      Random random = new Random(seed);
      Collections.shuffle(workers, random);
      for (WorkerProcess worker : workers) {
        worker.stop();
        landed &= stands(worker);
      }
      // Longer than the lease of all.
      Await.holds(1500, () -> false);
      Collections.shuffle(workers, random);
      workers.forEach(WorkerProcess::goOn);
      await(() -> !scenario.isRunning());
      scenario.touch("stop");
      List<String> broken = new ArrayList<>();
      workers.forEach(worker -> broken.addAll(late(worker.end())));
      broken.addAll(late(WorkerProcess.run("finish", "", folder)));
      broken.addAll(scenario.ended(Map.of()));
      boolean defended = scenario.fact("leasesLost") > 0;
      String what = "B06 " + ground.name() + " three processes, order " + seed;
      tell(ZOMBIES, what, scenario, landed, defended, broken, since);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  /** A23: a crash, and then one after the other while the next ones take up the work. */
  void crashInRecovery(Ground ground, int times) {
    Scenario scenario = Scenario.of(root, ground, CampaignFlow.CHAIN);
    List<Path> folder = List.of(scenario.folder());
    boolean landed =
        WorkerProcess.run("first", "halt:effect.after:1", folder) == WorkerProcess.KILLED;
    List<String> broken = new ArrayList<>();
    long since = System.nanoTime();
    for (int i = 0; i < times; i++) {
      String point = i % 2 == 0 ? "replay.before:1" : "replay.after:1";
      landed &= WorkerProcess.run("finish", "halt:" + point, folder) == WorkerProcess.KILLED;
      broken.addAll(scenario.midway());
    }
    broken.addAll(late(WorkerProcess.run("finish", "", folder)));
    broken.addAll(scenario.ended(crashes.endsOf(CampaignFlow.CHAIN)));
    String what = "A23 " + ground.name() + " " + times + " times";
    tell("A crash in recovery", what, scenario, landed, scenario.repeated() == 1, broken, since);
  }

  /** A24: an effect that kills each process that tries it is parked, and others end. */
  void poison(Ground ground) {
    int recoveries = 3;
    Scenario scenario =
        Scenario.of(root, ground, CampaignFlow.POISON)
            .with("count", "3")
            .with("recoveries", String.valueOf(recoveries));
    List<Path> folder = List.of(scenario.folder());
    long since = System.nanoTime();
    int deaths = 0;
    int status = WorkerProcess.run("first", "", folder);
    while (status == WorkerProcess.KILLED && deaths < 3 * recoveries) {
      deaths++;
      status = WorkerProcess.run("finish", "", folder);
    }
    List<String> broken = new ArrayList<>(late(status));
    Map<String, String> ends =
        Map.of("e0", "PARKED CRASH_LOOP null", "e1", "COMPLETED {k=1}", "e2", "COMPLETED {k=1}");
    broken.addAll(scenario.ended(ends));
    String what = "A24 " + ground.name();
    boolean counted = deaths == recoveries + 1;
    tell("A poison", what, scenario, deaths > 0, counted, broken, since);
  }

  /** D01: a process is killed from outside in the middle of its commits. */
  void killWriter(Ground ground, int effects) {
    Scenario scenario = Scenario.of(root, ground, CampaignFlow.CHAIN).with("count", "60");
    List<Path> folder = List.of(scenario.folder());
    try (WorkerProcess writer = WorkerProcess.start("first", "", folder)) {
      await(() -> scenario.effects() >= effects || !writer.isAlive());
      boolean landed = writer.isAlive();
      writer.kill();
      long since = System.nanoTime();
      List<String> broken = new ArrayList<>(scenario.midway());
      broken.addAll(late(WorkerProcess.run("finish", "", folder)));
      broken.addAll(scenario.ended(Map.of()));
      String what = "D01 " + ground.name() + " behind " + effects + " effects";
      tell("D killed writers", what, scenario, landed, true, broken, since);
    }
  }

  /** What happens to a server. */
  interface ServerFault {
    /** Kills the server and starts it again. */
    void strike();
  }

  /** C01, C02 and E01: the server dies under load and comes back; the process goes on. */
  void killServer(Ground ground, String name, int effects, ServerFault fault) {
    Scenario scenario =
        Scenario.of(root, ground, CampaignFlow.CHAIN).with("count", "150").with("lease", "PT3S");
    List<Path> folder = List.of(scenario.folder());
    try (WorkerProcess worker = WorkerProcess.start("first", "", folder)) {
      await(() -> scenario.effects() >= effects || !worker.isAlive());
      boolean landed = worker.isAlive();
      long since = System.nanoTime();
      fault.strike();
      List<String> broken = new ArrayList<>(late(worker.end()));
      broken.addAll(late(WorkerProcess.run("finish", "", folder)));
      broken.addAll(scenario.ended(Map.of()));
      // The calls that failed were made again.
      String what = name + " " + ground.name() + " behind " + effects + " effects";
      tell("C and E killed servers", what, scenario, landed, true, broken, since);
    }
  }
}
