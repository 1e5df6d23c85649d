package io.flowforge.redis;

import static io.flowforge.redis.Samples.LEASE;
import static io.flowforge.redis.Samples.addUnowned;
import static io.flowforge.redis.Samples.again;
import static io.flowforge.redis.Samples.first;
import static io.flowforge.redis.Samples.get;
import static io.flowforge.redis.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clients of one server, and what one hears of the other. */
final class RedisWakeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private LocalRedis server;
  private RedisStore here;
  private RedisStore there;
  private final AtomicInteger heard = new AtomicInteger();

  @BeforeEach
  void open() {
    // One of the tests kills it, which must not take the store's keys away.
    server = new LocalRedis(folder, "--appendonly yes --appendfsync always");
    here = RedisStore.connect(server.uri());
    there = RedisStore.connect(server.uri());
    here.open();
    there.open();
    get(here.enlist("here", LEASE));
    get(there.enlist("there", LEASE));
    there.onWake(heard::incrementAndGet);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    server.close();
  }

  @Test
  void a_message_wakes_the_owner_of_its_execution_alone() {
    get(here.commit(List.of(first("mine", "here"))));
    get(there.commit(List.of(first("theirs", "there"))));
    get(here.send("mine", signal("a")));
    get(here.send("theirs", signal("b")));
    // News come in order: had the first message woken them, that would have been counted before.
    Eventually.holds(PATIENCE, () -> heard.get() > 0);
    assertThat(heard).hasValue(1);
  }

  @Test
  void what_may_be_claimed_wakes_everyone() {
    addUnowned(here, "here", List.of("free"));
    Eventually.holds(PATIENCE, () -> heard.get() == 1);
    assertThat(get(there.claim("there", 5))).hasSize(1);
  }

  @Test
  void a_retired_worker_wakes_everyone() {
    get(here.commit(List.of(first("mine", "here"))));
    get(here.retire("here"));
    Eventually.holds(PATIENCE, () -> heard.get() == 1);
    assertThat(get(there.claim("there", 5))).hasSize(1);
  }

  @Test
  void a_connection_that_came_back_wakes_for_what_went_past() {
    server.kill();
    server.start();
    Eventually.holds(PATIENCE, () -> heard.get() > 0);
    again(() -> here.find("any"));
    int before = heard.get();
    addUnowned(here, "here", List.of("free"));
    Eventually.holds(PATIENCE, () -> heard.get() > before);
  }
}
