package io.flowforge.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A choice of the campaign: processes die at ten boundaries on each of three stores. */
final class CrashTest {
  private static final String INSIDE = "store.commit";

  @TempDir private static Path root;
  private static PostgresServer postgres;
  private static RedisServer redis;
  private static Report report;
  private static Crashes crashes;

  @BeforeAll
  static void begin() throws Exception {
    postgres = new PostgresServer(root.resolve("postgres"));
    redis = new RedisServer(Files.createDirectory(root.resolve("redis")));
    report = new Report(Path.of("target", "campaign", "choice"));
    crashes = new Crashes(root, report);
    crashes.learn(List.of(Ground.h2()), CampaignFlow.all());
  }

  @AfterAll
  static void end() {
    Stream.of(postgres, redis).forEach(CrashTest::close);
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void h2_loses_nothing_when_processes_die() {
    survives(Ground.h2(), INSIDE + ".beforeCommit");
  }

  @Test
  void postgres_loses_nothing_when_processes_die() {
    survives(Ground.of(postgres), INSIDE + ".beforeCommit");
  }

  @Test
  void redis_loses_nothing_when_processes_die() {
    survives(Ground.of(redis), INSIDE + ".after");
  }

  @Test
  void a_process_that_slept_past_its_lease_writes_nothing_more() {
    Storms storms = new Storms(root, report, crashes);
    storms.zombie(Ground.of(redis), "store.commit.before", 2);
    assertThat(report.faults())
        .filteredOn(fault -> fault.what().startsWith("B01"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.survived()).as(fault.json()).isTrue());
  }

  private static void survives(Ground ground, String inside) {
    crashes.crash(
        List.of(
            at(ground, "chain", "start.before", 1),
            at(ground, "chain", "effect.after", 2),
            at(ground, "fan", inside, 2),
            at(ground, "loop", "effect.after", 3),
            at(ground, "subflow", "page.child.before", 1),
            at(ground, "wait", "page.timer.after", 1),
            at(ground, "retry", "page.retry.after", 1),
            at(ground, "compensation", "effect.after", 4),
            at(ground, "late", "send.after", 1),
            at(ground, "cancel", "page.final.before", 1)));
    assertThat(report.faults())
        .filteredOn(fault -> fault.what().startsWith(ground.name()))
        .hasSize(10)
        .allSatisfy(fault -> assertThat(fault.survived()).as(fault.json()).isTrue());
  }

  private static Boundary at(Ground ground, String flow, String point, int nth) {
    return new Boundary(ground, CampaignFlow.named(flow), point, nth);
  }
}
