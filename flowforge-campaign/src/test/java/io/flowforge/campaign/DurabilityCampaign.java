package io.flowforge.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.campaign.server.PostgresServer;
import io.flowforge.campaign.server.RedisServer;
import io.flowforge.campaign.server.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * <p>{@code -Dcampaign.minutes} bounds the time for crashes at boundaries, which are taken in a
 * shuffled order, so that a short campaign is a sample of the long one; without it all are done.
 * Scenarios that break an invariant leave their folder in {@code target/campaign/scenarios}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DurabilityCampaign {
  private static final int BATCH = 8;
  private static final int THREADS = 2;
  private static final long SEED = 20261121;

  @TempDir private static Path servers;
  private static PostgresServer server;
  private static RedisServer keys;
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
    server = new PostgresServer(servers.resolve("postgres"));
    keys = new RedisServer(Files.createDirectory(servers.resolve("redis")));
    postgres = Ground.of(server);
    redis = Ground.of(keys);
    report = new Report(folder);
    crashes = new Crashes(scenarios, report);
    storms = new Storms(scenarios, report, crashes);
    crashes.learn(List.of(Ground.h2(), postgres, redis), CampaignFlow.all());
  }

  @AfterAll
  static void end() {
    keys.close();
    server.close();
    report.write(Path.of("..", "docs", "guarantees.md"));
  }

  @AfterEach
  void nothing_is_lost() {
    assertThat(report.lost()).extracting(Fault::json).isEmpty();
  }

  @Test
  @Order(1)
  void processes_stand_still_longer_or_shorter_than_their_lease() {
    for (int nth = 2; nth <= 4; nth++) {
      storms.zombie(postgres, "store.commit.beforeInsert", nth);
      storms.zombie(redis, "store.commit.before", nth);
      storms.zombie(postgres, "effect.after", nth - 1);
      storms.zombie(redis, "effect.after", nth - 1);
    }
    storms.pause(postgres, "store.commit.beforeInsert", 3);
    storms.pause(redis, "store.commit.before", 3);
    for (long order = 1; order <= 2; order++) {
      storms.swizzle(postgres, order);
      storms.swizzle(redis, order);
    }
  }

  @Test
  @Order(2)
  void processes_die_while_they_take_up_work() {
    for (Ground ground : List.of(Ground.h2(), postgres, redis)) {
      for (int times = 1; times <= 5; times++) {
        storms.crashInRecovery(ground, times);
      }
      storms.poison(ground);
    }
  }

  @Test
  @Order(3)
  void writers_are_killed() {
    for (int i = 1; i <= 8; i++) {
      storms.killWriter(Ground.h2(), 15 * i);
    }
  }

  @Test
  @Order(4)
  void servers_are_killed() {
    for (int i = 1; i <= 3; i++) {
      storms.killServer(postgres, "C02 killed", 60 * i, this::killPostgres);
      storms.killServer(postgres, "C01 stopped at once", 60 * i, this::stopPostgres);
      storms.killServer(redis, "E01 killed", 60 * i, this::killRedis);
    }
  }

  private void killPostgres() {
    server.kill();
    server.start();
  }

  /** As {@code pg_ctl stop -m immediate} does. */
  private void stopPostgres() {
    Signals.send("QUIT", server.pid());
    server.awaitEnd();
    server.start();
  }

  private void killRedis() {
    keys.kill();
    keys.start();
  }

  @Test
  @Order(5)
  void processes_die_at_every_boundary() throws Exception {
    List<Boundary> all = new ArrayList<>();
    for (Ground ground : List.of(Ground.h2(), postgres, redis)) {
      for (CampaignFlow flow : CampaignFlow.all()) {
        all.addAll(crashes.list(ground, flow));
      }
    }
    Collections.shuffle(all, new Random(SEED));
    ConcurrentLinkedQueue<List<Boundary>> batches = new ConcurrentLinkedQueue<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    report.found(all.size());
    work(batches);
  }

  private static void work(ConcurrentLinkedQueue<List<Boundary>> batches) throws Exception {
    int minutes = Integer.getInteger("campaign.minutes", 100_000);
    long until = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    Callable<Integer> worker =
        () -> {
          int done = 0;
          List<Boundary> batch = batches.poll();
          while (batch != null && System.nanoTime() < until) {
            crashes.crash(batch);
            done += batch.size();
            batch = batches.poll();
          }
          return done;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(THREADS, worker))) {
        assertThat(done.get()).isPositive();
      }
    } finally {
      threads.shutdown();
    }
  }
}
