package io.flowforge.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import io.flowforge.campaign.server.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the campaign; its table goes into docs/guarantees.md.
 *
 * <p>{@code -Dcampaign.minutes} bounds the time: all is done in a shuffled order, so that a short
 * campaign is a sample of the long one; without it all is done. Scenarios that break an invariant
 * leave their folder in {@code target/campaign}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DurabilityCampaign {
  private static final int BATCH = 6;
  private static final int THREADS = Integer.getInteger("campaign.threads", 2);
  private static final long SEED = 20261121;
  private static final long BEGIN = System.nanoTime();
  private static final long TIME =
      Duration.ofMinutes(Integer.getInteger("campaign.minutes", 100_000)).toNanos();

  @TempDir private static Path servers;
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static Ground postgres;
  private static Ground redis;
  private static Report report;
  private static Crashes crashes;
  private static Storms storms;

  @BeforeAll
  static void begin() throws Exception {
    Path folder = Path.of("target", "campaign").toAbsolutePath();
    Path scenarios = folder.resolve("scenarios" + ProcessHandle.current().pid());
    Files.createDirectories(scenarios);
    postgres = Ground.of(postgres());
    redis = Ground.of(redis());
    report = new Report(folder);
    crashes = new Crashes(scenarios, report);
    storms = new Storms(scenarios, report, crashes);
    crashes.learn(List.of(Ground.h2(), postgres, redis), CampaignFlow.all());
  }

  private static PostgresServer postgres() {
    PostgresServer server = new PostgresServer(servers.resolve("postgres" + OPEN.size()));
    OPEN.push(server);
    return server;
  }

  private static RedisServer redis() throws IOException {
    RedisServer server =
        new RedisServer(Files.createDirectory(servers.resolve("redis" + OPEN.size())));
    OPEN.push(server);
    return server;
  }

  @AfterAll
  static void end() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
    report.write(Path.of("..", "docs", "guarantees.md"));
  }

  @AfterEach
  void nothing_is_lost() {
    assertThat(report.lost()).extracting(Fault::json).isEmpty();
  }

  @Test
  @Order(1)
  void processes_stand_still_die_again_and_again_or_are_killed() throws Exception {
    List<Runnable> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int nth = i;
      all.add(() -> storms.zombie(postgres, "store.commit.beforeInsert", nth + 1));
      all.add(() -> storms.zombie(redis, "store.commit.before", nth + 1));
      all.add(() -> storms.zombie(postgres, "effect.after", nth));
      all.add(() -> storms.zombie(redis, "effect.after", nth));
    }
    all.add(() -> storms.pause(postgres, "store.commit.beforeInsert", 3));
    all.add(() -> storms.pause(redis, "store.commit.before", 3));
    for (long order = 1; order <= 2; order++) {
      long seed = order;
      all.add(() -> storms.swizzle(postgres, seed));
      all.add(() -> storms.swizzle(redis, seed));
    }
    for (Ground ground : List.of(Ground.h2(), postgres, redis)) {
      all.add(() -> storms.poison(ground));
      for (int i = 1; i <= 5; i++) {
        int times = i;
        all.add(() -> storms.crashInRecovery(ground, times));
      }
    }
    for (int i = 1; i <= 8; i++) {
      int effects = 15 * i;
      all.add(() -> storms.killWriter(Ground.h2(), effects));
    }
    Collections.shuffle(all, new Random(SEED));
    inParallel(all, TIME / 2);
  }

  /** Each on a server of its own kind that nothing else is on, one after the other. */
  @Test
  @Order(2)
  void servers_are_killed() throws Exception {
    PostgresServer mortal = postgres();
    RedisServer other = redis();
    Ground tables = Ground.of(mortal);
    Ground keys = Ground.of(other);
    inParallel(
        List.of(
            () -> {
              for (int i = 1; i <= 3 && System.nanoTime() - BEGIN < TIME * 3 / 4; i++) {
                storms.killServer(tables, "C02 killed", 60 * i, () -> killed(mortal));
                storms.killServer(tables, "C01 stopped at once", 60 * i, () -> stopped(mortal));
              }
            },
            () -> {
              for (int i = 1; i <= 3 && System.nanoTime() - BEGIN < TIME * 3 / 4; i++) {
                storms.killServer(keys, "E01 killed", 60 * i, () -> killed(other));
              }
            }),
        TIME);
  }

  private static void killed(PostgresServer server) {
    server.kill();
    server.start();
  }

  /** As {@code pg_ctl stop -m immediate} does. */
  private static void stopped(PostgresServer server) {
    Signals.send("QUIT", server.pid());
    server.awaitEnd();
    server.start();
  }

  private static void killed(RedisServer server) {
    server.kill();
    server.start();
  }

  @Test
  @Order(3)
  void processes_die_at_every_boundary() throws Exception {
    Queue<Boundary> found = new ConcurrentLinkedQueue<>();
    List<Runnable> counts = new ArrayList<>();
    for (Ground ground : List.of(Ground.h2(), postgres, redis)) {
      for (CampaignFlow flow : CampaignFlow.all()) {
        counts.add(() -> found.addAll(crashes.list(ground, flow)));
      }
    }
    inParallel(counts, TIME);
    report.found(found.size());
    List<Boundary> all = new ArrayList<>(found);
    all.sort(Comparator.comparing(Boundary::toString));
    Collections.shuffle(all, new Random(SEED));
    List<Runnable> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Boundary> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      batches.add(() -> crashes.crash(batch));
    }
    inParallel(batches, TIME);
  }

  /** Does all of it that can begin in time, also when some of it fails. */
  private static void inParallel(List<Runnable> tasks, long nanos) throws Exception {
    List<Callable<Object>> timely = new ArrayList<>();
    for (Runnable task : tasks) {
      timely.add(
          () -> {
            if (System.nanoTime() - BEGIN < nanos) {
              task.run();
            }
            return task;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Throwable> failures = new ArrayList<>();
    try {
      for (Future<Object> done : threads.invokeAll(timely)) {
        try {
          done.get();
        } catch (ExecutionException failed) {
          failures.add(failed.getCause());
        }
      }
    } finally {
      threads.shutdown();
    }
    assertThat(failures).isEmpty();
  }
}
