package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.flow.Flow;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditLevel;
import io.flowforge.spi.AuditLog;
import io.flowforge.spi.AuditQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done is written down with who did it, and without what it was done with. */
class AuditTest {
  private static final Flow ASKS =
      Flow.parse(
          """
          {"id": "asks", "nodes": [
            {"id": "q", "type": "user-input", "config": {"prompt": "?", "fields": {"pin": {"type": "string"}}}}]}
          """);

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** A log that can be told to fail. */
  private static final class OwnLog implements AuditLog {
    private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    @Override
    public CompletionStage<@Nullable Void> append(AuditEntry entry) {
      if (failing) {
        return CompletableFuture.failedFuture(new IllegalStateException("disk full"));
      }
      entries.add(entry);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<AuditEntry> read(AuditQuery query) {
      return entries.stream().filter(query::wants).toList();
    }
  }

  private static List<String> actions(FlowForge forge) {
    return forge.audit(AuditQuery.ALL).stream().map(AuditEntry::action).toList();
  }

  @Test
  void every_change_of_a_flow_and_of_an_execution_has_an_entry() {
    FlowForge ann = cluster.node().forge.as("user:ann");
    ann.flows().save(ASKS);
    ann.flows().save(ASKS.toBuilder().name("other").build());
    ann.flows().rollback("asks", 1);
    ann.flows().activate("asks");
    Execution execution = ann.start("asks", Map.of());
    execution.pause();
    execution.resume();
    execution.signal("note", "s3cret");
    execution.answer("q", Map.of("pin", "s3cret"));
    execution.cancel("because s3cret");
    cluster.pass(6);
    ann.operations().retry(execution.id());
    ann.operations().fork(execution.id(), "q", Map.of());
    ann.flows().deactivate("asks");
    ann.flows().delete("asks");
    ann.flows().restore("asks");
    assertThat(actions(ann))
        .containsExactly(
            "flow.save",
            "flow.save",
            "flow.rollback",
            "flow.activate",
            "execution.pause",
            "execution.resume",
            "execution.signal",
            "execution.answer",
            "execution.cancel",
            "execution.retry",
            "execution.fork",
            "flow.deactivate",
            "flow.delete",
            "flow.restore");
    assertThat(ann.audit(AuditQuery.ALL))
        .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("user:ann"))
        .noneMatch(entry -> entry.toString().contains("s3cret"));
  }

  @Test
  void entries_of_two_engines_are_read_in_order_page_by_page() {
    FlowForge ann = cluster.node().forge.as("ann");
    FlowForge ben = cluster.node().forge.as("ben");
    for (int i = 0; i < 3; i++) {
      ann.flows().save(ASKS.toBuilder().name("a" + i).build());
      cluster.pass(1);
      ben.flows().save(ASKS.toBuilder().name("b" + i).build());
      cluster.pass(1);
    }
    List<AuditEntry> page = ben.audit(AuditQuery.ALL.withLimit(4));
    assertThat(page).extracting(AuditEntry::actor).containsExactly("ann", "ben", "ann", "ben");
    assertThat(ann.audit(AuditQuery.ALL.after(page.get(3))))
        .extracting(AuditEntry::actor)
        .containsExactly("ann", "ben");
    assertThat(ann.audit(AuditQuery.ALL.withActor("ben").withAction("flow.").withObject("asks")))
        .extracting(entry -> entry.detail().get("version"))
        .containsExactly("2", "4", "6");
  }

  @Test
  void starts_are_kept_when_asked_for() {
    FlowForge quiet = cluster.node().forge;
    quiet.start(ASKS, Map.of());
    assertThat(actions(quiet)).isEmpty();
    FlowForge loud = cluster.node(options -> options.auditLevel(AuditLevel.STARTS)).forge;
    Execution execution = loud.forTenant("acme").as("ann").start(ASKS, Map.of());
    AuditEntry entry = loud.audit(AuditQuery.ALL).get(0);
    assertThat(entry.action()).isEqualTo("execution.start");
    assertThat(entry.object()).isEqualTo(execution.id());
    assertThat(entry.tenant()).isEqualTo("acme");
    assertThat(entry.detail()).isEqualTo(Map.of("flow", "asks"));
  }

  @Test
  void a_log_of_ones_own_takes_the_place_of_the_store() {
    OwnLog log = new OwnLog();
    try (FlowForge forge = FlowForge.builder().discoverPlugins(false).audit(log).build()) {
      forge.as("ann").flows().save(ASKS);
      assertThat(log.entries).extracting(AuditEntry::action).containsExactly("flow.save");
      log.failing = true;
      forge.flows().delete("asks");
      assertThat(forge.health().state()).isEqualTo(Health.State.DEGRADED);
      assertThat(forge.health().facts()).containsEntry("auditLost", 1L);
    }
  }

  @Test
  void an_engine_without_a_log_says_so() {
    try (FlowForge memory = FlowForge.builder().discoverPlugins(false).build()) {
      assertThatThrownBy(() -> memory.audit(AuditQuery.ALL))
          .extracting("code")
          .isEqualTo("FF-AUDIT-OFF");
    }
    FlowForge off = cluster.node(options -> options.auditLevel(AuditLevel.OFF)).forge;
    off.flows().save(ASKS);
    assertThatThrownBy(() -> off.audit(AuditQuery.ALL))
        .extracting("code")
        .isEqualTo("FF-AUDIT-OFF");
    assertThat(cluster.node().forge.audit(AuditQuery.ALL)).isEmpty();
  }
}
