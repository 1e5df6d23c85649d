package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.CredentialStore;
import io.flowforge.Execution;
import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowQuery;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.LogQuery;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A view of one tenant shows and touches nothing of another, through whatever door. */
class TenantsTest {
  private static final Flow WAITS =
      Flow.parse(
          """
          {"id": "waits", "nodes": [{"id": "w", "type": "wait-for-event", "config": {"event": "go"}}],
           "outputs": {"v": "${w.output}", "t": "${execution.tenant}"}}
          """);

  private final World world = new World(WAITS);
  private FlowForge host;
  private FlowForge acme;
  private FlowForge blue;

  @BeforeEach
  void open() {
    host = world.member().forge;
    acme = host.forTenant("acme");
    blue = host.forTenant("blue");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private static void refuses(String code, Runnable call) {
    assertThatThrownBy(call::run).extracting("code").isEqualTo(code);
  }

  @Test
  void an_execution_of_another_tenant_is_not_there() {
    Execution execution = acme.start(WAITS, Map.of());
    assertThat(blue.execution(execution.id())).isEmpty();
    assertThat(host.execution(execution.id())).isPresent();
    execution.cancel("done");
    pass(6);
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().retry(execution.id()));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().fork(execution.id(), "w", Map.of()));
    assertThat(acme.operations().retry(execution.id()).id()).isEqualTo(execution.id() + "~2");
  }

  @Test
  void an_unknown_execution_and_a_foreign_one_are_told_in_the_same_words() {
    Execution execution = acme.start(WAITS, Map.of());
    String foreign = messageOf(() -> blue.operations().retry(execution.id()));
    String unknown = messageOf(() -> blue.operations().retry("nothing"));
    assertThat(foreign.replace(execution.id(), "X")).isEqualTo(unknown.replace("nothing", "X"));
  }

  private static String messageOf(Runnable call) {
    try {
      call.run();
      throw new AssertionError("was not refused");
    } catch (RuntimeException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void a_list_holds_the_tenants_own_executions_alone() {
    Execution mine = acme.start(WAITS, Map.of());
    blue.start(WAITS, Map.of());
    host.start(WAITS, Map.of());
    assertThat(acme.operations().list(ExecutionQuery.NEWEST))
        .extracting(ExecutionRecord::id)
        .containsExactly(mine.id());
    assertThat(acme.operations().list(ExecutionQuery.NEWEST.withTenant("blue"))).isEmpty();
    assertThat(host.operations().list(ExecutionQuery.NEWEST)).hasSize(3);
  }

  @Test
  void an_id_of_another_tenant_gives_no_handle() {
    StartOptions known = StartOptions.DEFAULT.withExecutionId("x");
    acme.start(WAITS, Map.of(), known);
    refuses("FF-START-CONFLICT", () -> blue.start(WAITS, Map.of(), known));
    refuses("FF-START-CONFLICT", () -> world.member().forge.start(WAITS, Map.of(), known));
    refuses("FF-TENANT-BOUND", () -> blue.start(WAITS, Map.of(), known.withTenant("acme")));
  }

  @Test
  void an_event_wakes_only_executions_of_the_tenant_that_published_it() {
    Execution mine = acme.start(WAITS, Map.of());
    Execution other = blue.start(WAITS, Map.of());
    Execution none = host.start(WAITS, Map.of());
    assertThat(acme.publish("go", null, 1)).isEqualTo(1);
    pass(6);
    assertThat(mine.snapshot().outputs()).isEqualTo(Map.of("v", 1, "t", "acme"));
    assertThat(other.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(host.publish("go", null, 2)).isEqualTo(1);
    pass(6);
    assertThat(none.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(other.status()).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void ids_of_events_are_each_tenants_own() {
    acme.start(WAITS, Map.of());
    blue.start(WAITS, Map.of());
    assertThat(acme.publish("go", null, 1, "e1")).isEqualTo(1);
    assertThat(acme.publish("go", null, 1, "e1")).isEqualTo(1);
    assertThat(blue.publish("go", null, 1, "e1")).isEqualTo(1);
    assertThat(host.publish("go", null, 1, "e1")).isZero();
  }

  @Test
  void a_listener_hears_the_tenants_own_executions_alone() {
    List<FlowEvent> heard = new CopyOnWriteArrayList<>();
    acme.events().subscribe(heard::add);
    Execution mine = acme.start(WAITS, Map.of());
    blue.start(WAITS, Map.of());
    pass(1);
    assertThat(heard)
        .filteredOn(event -> !event.executionId().isEmpty())
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.executionId()).isEqualTo(mine.id()))
        .allSatisfy(event -> assertThat(event.toValue()).containsEntry("tenant", "acme"));
  }

  @Test
  void flows_of_the_same_id_are_two_and_only_the_own_one_is_seen() {
    acme.flows().save(WAITS.toBuilder().id("f").build());
    refuses("FF-FLOW-UNKNOWN", () -> blue.start("f", Map.of()));
    refuses("FF-FLOW-UNKNOWN", () -> blue.flows().delete("f"));
    refuses("FF-FLOW-UNKNOWN", () -> host.start("f", Map.of()));
    assertThat(blue.flows().find("f")).isEmpty();
    assertThat(blue.flows().list(FlowQuery.ALL)).isEmpty();
    assertThat(blue.flows().list(FlowQuery.ALL.withTenant("acme"))).isEmpty();
    blue.flows().save(WAITS.toBuilder().id("f").name("other").build());
    blue.flows().delete("f");
    assertThat(acme.start("f", Map.of()).flow().name()).isEmpty();
    assertThat(host.flows().list(FlowQuery.ALL))
        .extracting(FlowEntry::tenant)
        .containsExactly("acme");
  }

  @Test
  void operations_find_and_change_the_tenants_own_executions_alone() {
    Execution execution = acme.start(WAITS, Map.of());
    execution.pause();
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().logs(execution.id(), LogQuery.ALL));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().export(execution.id()));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().setVariables(execution.id(), Map.of()));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().migrate(execution.id(), WAITS));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().unpark(execution.id()));
    refuses("FF-EXECUTION-UNKNOWN", () -> blue.operations().discard(execution.id(), "no"));
    execution.cancel("no");
    execution.resume();
    pass(6);
    assertThat(blue.operations().retryAll("b", ExecutionQuery.NEWEST).items()).isEmpty();
    assertThat(blue.operations().deadLetters(ExecutionQuery.NEWEST.withTenant("acme"))).isEmpty();
  }

  @Test
  void credentials_are_each_tenants_own() {
    byte[] key = new byte[32];
    try (FlowForge memory =
        FlowForge.builder().discoverPlugins(false).keyring(Keyring.of("k1", key)).build()) {
      CredentialStore mine = memory.forTenant("acme").credentials();
      mine.save(Credential.of("crm", Secret.of("s3cret"), "*"));
      CredentialStore other = memory.forTenant("blue").credentials();
      assertThat(mine.list("acme")).extracting(CredentialInfo::name).containsExactly("crm");
      assertThat(other.list("acme")).isEmpty();
      assertThat(other.find("acme", "crm")).isEmpty();
      assertThat(other.delete("acme", "crm")).isFalse();
      Credential foreign = Credential.of("x", Secret.of("y"), "*").withTenant("acme");
      refuses("FF-TENANT-BOUND", () -> other.save(foreign));
      assertThat(mine.delete("acme", "crm")).isTrue();
    }
  }

  @Test
  void limits_by_key_are_each_tenants_own() {
    Flow limited =
        Flow.parse(
            """
            {"id": "limited", "settings": {"concurrency": {"limit": 1, "overlap": "skip"}},
             "nodes": [{"id": "w", "type": "wait-for-event", "config": {"event": "go"}}]}
            """);
    try (FlowForge memory = FlowForge.builder().discoverPlugins(false).build()) {
      memory.forTenant("acme").start(limited, Map.of());
      Execution other = memory.forTenant("blue").start(limited, Map.of());
      Execution second = memory.forTenant("acme").start(limited, Map.of());
      assertThat(other.status()).isEqualTo(ExecutionStatus.WAITING);
      assertThat(second.status()).isEqualTo(ExecutionStatus.CANCELLED);
    }
  }

  @Test
  void the_audit_log_shows_the_tenants_own_entries_alone() {
    acme.as("ann").start(WAITS, Map.of()).cancel("no");
    blue.as("ben").start(WAITS, Map.of()).cancel("no");
    assertThat(acme.audit(AuditQuery.ALL)).extracting(AuditEntry::actor).containsExactly("ann");
    assertThat(acme.audit(AuditQuery.ALL.withTenant("blue"))).isEmpty();
    assertThat(host.audit(AuditQuery.ALL)).extracting(AuditEntry::actor).contains("ann", "ben");
  }

  @Test
  void what_is_not_divided_by_tenant_is_refused() {
    refuses("FF-TENANT-BOUND", () -> acme.register(WAITS));
    Set<ExecutionStatus> ended = Set.of(ExecutionStatus.COMPLETED);
    refuses("FF-TENANT-BOUND", () -> acme.operations().purge(ended, Duration.ZERO));
    refuses("FF-TENANT-BOUND", () -> acme.operations().importExecution("{}"));
    refuses("FF-TENANT-BOUND", () -> acme.credentials().rotate());
    refuses("FF-TENANT-BOUND", () -> acme.forTenant("blue"));
    assertThat(acme.forTenant("acme").health().facts()).isEmpty();
    assertThatThrownBy(() -> host.forTenant("a/b")).isInstanceOf(IllegalArgumentException.class);
    acme.close();
    assertThat(host.start(WAITS, Map.of()).created()).isTrue();
  }

  @Test
  void executions_of_a_batch_and_those_without_a_store_belong_to_the_tenant_as_well() {
    Flow quick = Flow.parse("{\"id\": \"q\", \"nodes\": [{\"id\": \"a\", \"type\": \"echo\"}]}");
    acme.startAll(quick, List.of(Map.of(), Map.of()), 2);
    pass(1);
    assertThat(acme.operations().list(ExecutionQuery.NEWEST)).hasSize(2);
    try (FlowForge memory = FlowForge.builder().discoverPlugins(false).build()) {
      Execution one = memory.forTenant("acme").start(WAITS, Map.of());
      assertThat(memory.forTenant("blue").execution(one.id())).isEmpty();
      assertThat(memory.forTenant("blue").executions()).isEmpty();
      assertThat(memory.forTenant("acme").executions()).hasSize(1);
      assertThat(memory.forTenant("blue").publish("go", null, 1)).isZero();
      assertThat(memory.forTenant("acme").publish("go", null, 1)).isEqualTo(1);
    }
  }
}
