package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: the life of workers. */
abstract class StoreWorkers extends StoreBench {
  @Test
  void the_clock_moves_on() {
    long before = now();
    passTime(Duration.ofMillis(5));
    assertThat(now()).isGreaterThanOrEqualTo(before + 5_000);
  }

  @Test
  void a_lease_is_measured_by_the_clock_of_the_store() {
    long before = now();
    Lease lease = get(store().enlist(name("worker"), Duration.ofSeconds(30)));
    assertThat(lease.nowMicros()).isBetween(before, now());
    assertThat(lease.untilMicros() - lease.nowMicros()).isEqualTo(30_000_000);
  }

  @Test
  void a_renewal_counts_from_its_own_time() {
    String worker = name("worker");
    Lease first = get(store().enlist(worker, LEASE));
    passTime(Duration.ofMillis(5));
    Lease second = get(store().renew(worker, LEASE));
    assertThat(second.nowMicros()).isGreaterThanOrEqualTo(first.nowMicros() + 5_000);
    assertThat(second.untilMicros() - second.nowMicros()).isEqualTo(LEASE.toSeconds() * 1_000_000);
  }

  @Test
  void a_lease_that_has_ended_is_not_renewed() {
    String worker = worker();
    die(worker);
    assertFenced(store().renew(worker, LEASE));
  }

  @Test
  void a_worker_that_was_never_enlisted_has_no_rights() {
    String stranger = name("stranger");
    assertFenced(store().renew(stranger, LEASE));
    assertFenced(store().claim(stranger, 1));
    get(store().retire(stranger));
  }

  @Test
  void an_id_serves_one_worker_only() {
    String living = worker();
    String retired = worker();
    get(store().retire(retired));
    String dead = worker();
    die(dead);
    assertFenced(store().enlist(living, LEASE));
    assertFenced(store().enlist(retired, LEASE));
    assertFenced(store().enlist(dead, LEASE));
  }

  @Test
  void a_buried_worker_does_not_come_back() {
    String dead = worker();
    die(dead);
    get(store().claim(worker(), 1));
    assertFenced(store().renew(dead, LEASE));
    assertFenced(store().enlist(dead, LEASE));
  }

  @Test
  void a_worker_may_retire_twice() {
    String worker = worker();
    get(store().retire(worker));
    get(store().retire(worker));
    assertFenced(store().renew(worker, LEASE));
  }

  @Test
  void ids_of_workers_that_look_alike_are_different() {
    String name = name("Worker");
    for (String id : Names.alike(name)) {
      get(store().enlist(id, LEASE));
    }
    String longest = name + "x".repeat(64 - name.length());
    get(store().enlist(longest, LEASE));
    assertThat(get(store().renew(longest, LEASE)).untilMicros()).isPositive();
  }
}
