package io.flowforge.testkit;

import static io.flowforge.execution.ExecutionStatus.CANCELLED;
import static io.flowforge.execution.ExecutionStatus.COMPLETED;
import static io.flowforge.execution.ExecutionStatus.FAILED;
import static io.flowforge.execution.ExecutionStatus.PENDING;
import static io.flowforge.execution.ExecutionStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Part of {@link StoreContract}: finding executions, and deleting old ones. */
abstract class StoreListing extends StoreEvents {
  /** Nothing else ends so early, so that deleting it harms no other test. */
  private static final long LONG_AGO = 1_000;

  private final String flow = name("flow");
  private final ExecutionQuery all = ExecutionQuery.NEWEST.withFlow(flow);

  private String listedExecution(String tenant, Map<String, String> attributes, long started) {
    String id = name("execution");
    created(new NewExecution(id, flow, "h", tenant, attributes, "{}", started, worker()));
    return id;
  }

  private String started(long micros) {
    return listedExecution("", Map.of(), micros);
  }

  private String inStatus(ExecutionStatus status) {
    String id = started(10);
    HeadChange change =
        status.isFinal() ? HeadChange.ended(status, null, 2_000_000) : HeadChange.to(status, true);
    applied(Draft.after(head(id)).change(change));
    return id;
  }

  @Test
  void the_newest_are_listed_first() {
    String old = started(10);
    String young = started(30);
    String middle = started(20);
    assertThat(listed(all)).containsExactly(young, middle, old);
    assertThat(get(store().list(all))).containsExactly(head(young), head(middle), head(old));
  }

  @Test
  void pages_hold_each_execution_once() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      ids.add(started(1_000 + i / 5));
    }
    for (int limit : List.of(1, 4, 23, 1000)) {
      assertThat(listed(all.withLimit(limit)))
          .as("in pages of %d", limit)
          .containsExactlyInAnyOrderElementsOf(ids)
          .isEqualTo(listed(all));
    }
    assertThat(get(store().list(all)))
        .extracting(ExecutionRecord::startedMicros)
        .isSortedAccordingTo((one, other) -> Long.compare(other, one));
  }

  @Test
  void pages_stay_stable_while_executions_are_added() {
    List<String> before = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      before.add(started(1_000 + 10L * (i / 2)));
    }
    List<ExecutionRecord> page = get(store().list(all.withLimit(4)));
    List<String> seen = new ArrayList<>();
    for (int i = 0; !page.isEmpty(); i++) {
      page.forEach(head -> seen.add(head.id()));
      // Here already: a store that repeats itself would be asked for ever.
      assertThat(seen).doesNotHaveDuplicates();
      started(5_000 + i);
      started(page.get(page.size() - 1).startedMicros() + 1);
      page = get(store().list(all.withLimit(4).after(page.get(page.size() - 1))));
    }
    assertThat(seen).containsAll(before);
  }

  @Test
  void a_span_begins_with_its_first_and_ends_before_its_last_moment() {
    started(99);
    String first = started(100);
    String second = started(199);
    String third = started(200);
    assertThat(listed(all.withStartedBetween(100, 200))).containsExactly(second, first);
    assertThat(listed(all.withStartedBetween(199, 0))).containsExactly(third, second);
    assertThat(listed(all.withStartedBetween(0, 200))).hasSize(3).doesNotContain(third);
    assertThat(listed(all.withStartedBetween(100, 200).withLimit(1)))
        .containsExactly(second, first);
  }

  @Test
  void executions_are_found_by_status() {
    String pending = started(10);
    String running = inStatus(RUNNING);
    String completed = inStatus(COMPLETED);
    String failed = inStatus(FAILED);
    assertThat(listed(all.withStatuses(Set.of(PENDING)))).containsExactly(pending);
    assertThat(listed(all.withStatuses(Set.of(RUNNING, FAILED))))
        .containsExactlyInAnyOrder(running, failed);
    assertThat(listed(all.withStatuses(Set.of(COMPLETED, CANCELLED)).withLimit(1)))
        .containsExactly(completed);
    assertThat(listed(all.withStatuses(Set.of()))).hasSize(4);
  }

  @Test
  void executions_are_found_by_tenant() {
    String none = listedExecution("", Map.of(), 10);
    String acme = listedExecution("acme", Map.of(), 20);
    String other = listedExecution("Acme", Map.of(), 30);
    assertThat(listed(all.withTenant("acme"))).containsExactly(acme);
    assertThat(listed(all.withTenant("Acme"))).containsExactly(other);
    assertThat(listed(all.withTenant(""))).containsExactly(none);
    assertThat(listed(all.withTenant("acm"))).isEmpty();
  }

  @Test
  void executions_are_found_by_all_of_the_attributes() {
    String both = listedExecution("", Map.of("order", "7", "region", "eu"), 10);
    String one = listedExecution("", Map.of("order", "7", "region", "us"), 20);
    String swapped = listedExecution("", Map.of("order", "eu", "region", "7"), 30);
    String empty = listedExecution("", Map.of("order", ""), 40);
    assertThat(listed(all.withAttributes(Map.of("order", "7")))).containsExactly(one, both);
    assertThat(listed(all.withAttributes(Map.of("order", "7", "region", "eu"))))
        .containsExactly(both);
    assertThat(listed(all.withAttributes(Map.of("region", "7")))).containsExactly(swapped);
    assertThat(listed(all.withAttributes(Map.of("order", "")))).containsExactly(empty);
    assertThat(listed(all.withAttributes(Map.of("order", "77")))).isEmpty();
    assertThat(listed(all.withAttributes(Map.of("order", "7")).withLimit(1)))
        .containsExactly(one, both);
  }

  @Test
  void filters_work_together() {
    String found = listedExecution("acme", Map.of("order", "7"), 100);
    listedExecution("acme", Map.of("order", "7"), 300);
    listedExecution("", Map.of("order", "7"), 100);
    listedExecution("acme", Map.of("order", "8"), 100);
    ExecutionQuery query =
        all.withTenant("acme")
            .withAttributes(Map.of("order", "7"))
            .withStartedBetween(50, 200)
            .withStatuses(Set.of(PENDING));
    assertThat(listed(query)).containsExactly(found);
    assertThat(listed(query.withFlow(name("other")))).isEmpty();
  }

  private String endedLongAgo(ExecutionStatus status, long finished) {
    String id = started(10);
    applied(Draft.after(head(id)).change(HeadChange.ended(status, null, finished)));
    return id;
  }

  @Test
  void the_old_are_deleted_in_batches() {
    for (int i = 0; i < 7; i++) {
      endedLongAgo(COMPLETED, 100 + i);
    }
    String young = endedLongAgo(COMPLETED, LONG_AGO);
    String running = started(10);
    assertThat(get(store().purge(Set.of(COMPLETED), LONG_AGO, 5))).isEqualTo(5);
    assertThat(get(store().purge(Set.of(COMPLETED), LONG_AGO, 5))).isEqualTo(2);
    assertThat(get(store().purge(Set.of(COMPLETED), LONG_AGO, 5))).isZero();
    assertThat(listed(all)).containsExactlyInAnyOrder(young, running);
  }

  @Test
  void only_the_wanted_statuses_are_deleted() {
    String completed = endedLongAgo(COMPLETED, 100);
    String failed = endedLongAgo(FAILED, 100);
    String cancelled = endedLongAgo(CANCELLED, 100);
    assertThat(get(store().purge(Set.of(FAILED, CANCELLED), LONG_AGO, 100))).isEqualTo(2);
    assertThat(listed(all)).containsExactly(completed);
    assertThat(get(store().find(failed))).isEmpty();
    assertThat(get(store().load(List.of(cancelled)))).isEmpty();
    assertThat(get(store().purge(Set.of(COMPLETED), LONG_AGO, 100))).isEqualTo(1);
  }

  @Test
  void nothing_of_the_deleted_stays() {
    String id = endedLongAgo(COMPLETED, 100);
    assertThat(get(store().purge(Set.of(COMPLETED), LONG_AGO, 100))).isEqualTo(1);
    assertThat(send(id, "a")).isEqualTo(Message.Receipt.UNKNOWN);
    NewExecution again = execution(id, worker());
    Draft rebirth = Draft.creating(again).page("\"again\"");
    applied(rebirth.await(new EventWait(name("paid"), "", "pay")));
    assertThat(pages(id)).containsExactly("\"again\"");
    assertThat(head(id).inbox()).isZero();
    assertThat(send(id, "a")).isEqualTo(Message.Receipt.STORED);
    assertThat(head(id).inbox()).isEqualTo(1);
  }
}
