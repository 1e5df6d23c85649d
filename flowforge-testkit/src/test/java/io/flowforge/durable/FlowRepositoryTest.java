package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.FlowQuery;
import io.flowforge.FlowRepository;
import io.flowforge.FlowStatus;
import io.flowforge.FlowVersion;
import io.flowforge.InvalidFlowException;
import io.flowforge.SaveOptions;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flows in a repository: their versions, what they may be used for, and who sees a change when. */
class FlowRepositoryTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private static Flow flow(String id, Object value) {
    return Flow.parse(
        """
        {"id": "%s", "tags": ["t%s"], "nodes": [{"id": "a", "type": "echo"}], "outputs": {"v": %s}}
        """
            .formatted(id, value, value));
  }

  private static Flow waits(Object value) {
    return Flow.parse(
        """
        {"id": "f", "nodes": [{"id": "w", "type": "wait-for-event", "config": {"event": "go"}}],
         "outputs": {"v": %s}}
        """
            .formatted(value));
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private static void refuses(String code, Runnable call) {
    assertThatThrownBy(call::run).extracting("code").isEqualTo(code);
  }

  private static Object output(FlowForge forge, String id) {
    return forge.start(id, Map.of()).await(Duration.ofSeconds(20)).outputs().get("v");
  }

  @Test
  void equal_content_is_the_same_version_and_other_content_the_next() {
    FlowRepository flows = world.member().forge.flows();
    FlowVersion first = flows.save(flow("f", 1), SaveOptions.DEFAULT.withNote("begun"));
    assertThat(flows.save(flow("f", 1))).isEqualTo(first);
    FlowVersion second = flows.save(flow("f", 2));
    assertThat(first.number()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(flows.versions("f", 0, 10)).containsExactly(first, second);
    assertThat(flows.versions("f", 1, 10)).containsExactly(second);
    assertThat(flows.versions("f", 0, 1)).containsExactly(first);
    assertThat(flows.find("f")).contains(flow("f", 2));
    assertThat(flows.find("f", 1)).contains(flow("f", 1));
    assertThat(flows.find("f", 3)).isEmpty();
  }

  @Test
  void a_rollback_is_a_version_of_its_own() {
    FlowForge forge = world.member().forge;
    forge.flows().save(flow("f", 1));
    forge.flows().save(flow("f", 2));
    FlowVersion back = forge.flows().rollback("f", 1);
    assertThat(back.number()).isEqualTo(3);
    assertThat(back.hash()).isEqualTo(flow("f", 1).contentHash());
    assertThat(back.note()).isEqualTo("rolled back to 1");
    assertThat(output(forge, "f")).isEqualTo(1);
    refuses("FF-FLOW-VERSION", () -> forge.flows().rollback("f", 9));
    refuses("FF-FLOW-UNKNOWN", () -> forge.flows().rollback("none", 1));
  }

  @Test
  void a_flow_that_cannot_run_is_not_saved() {
    FlowRepository flows = world.member().forge.flows();
    Flow broken = Flow.parse("{\"id\": \"f\", \"nodes\": [{\"id\": \"a\", \"type\": \"nope\"}]}");
    assertThatThrownBy(() -> flows.save(broken)).isInstanceOf(InvalidFlowException.class);
    assertThat(flows.entry("f")).isEmpty();
  }

  @Test
  void a_deactivated_or_deleted_flow_takes_no_new_starts_until_it_is_active_again() {
    FlowForge forge = world.member().forge;
    forge.flows().save(flow("f", 1));
    assertThat(forge.flows().deactivate("f").status()).isEqualTo(FlowStatus.INACTIVE);
    refuses("FF-FLOW-INACTIVE", () -> forge.start("f", Map.of()));
    forge.flows().delete("f");
    refuses("FF-FLOW-DELETED", () -> forge.start("f", Map.of()));
    refuses("FF-FLOW-DELETED", () -> forge.flows().save(flow("f", 2)));
    refuses("FF-FLOW-DELETED", () -> forge.flows().activate("f"));
    assertThat(forge.flows().find("f")).isEmpty();
    assertThat(forge.flows().restore("f").status()).isEqualTo(FlowStatus.INACTIVE);
    forge.flows().activate("f");
    assertThat(output(forge, "f")).isEqualTo(1);
    refuses("FF-FLOW-UNKNOWN", () -> forge.start("nothing", Map.of()));
  }

  @Test
  void an_execution_keeps_its_version_for_life_whatever_becomes_of_the_flow() {
    World.Member first = world.member();
    first.forge.flows().save(waits(1));
    Execution old = first.forge.start("f", Map.of());
    first.forge.flows().save(waits(2));
    Execution young = first.forge.start("f", Map.of());
    first.forge.flows().delete("f");
    first.kill();
    World.Member second = world.member();
    pass(40);
    assertThat(second.forge.publish("go", null, null)).isEqualTo(2);
    pass(6);
    assertThat(ended(second, old)).isEqualTo(Map.of("v", 1));
    assertThat(ended(second, young)).isEqualTo(Map.of("v", 2));
  }

  @Test
  void a_thousand_executions_under_way_finish_in_the_version_they_began_with() {
    try (FlowForge forge = FlowForge.builder().discoverPlugins(false).build()) {
      forge.flows().save(waits(1));
      List<Execution> old = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        old.add(forge.start("f", Map.of()));
      }
      forge.flows().save(waits(2));
      Execution young = forge.start("f", Map.of());
      assertThat(forge.publish("go", null, null)).isEqualTo(1001);
      assertThat(old)
          .allSatisfy(
              one ->
                  assertThat(one.await(Duration.ofSeconds(20)).outputs())
                      .isEqualTo(Map.of("v", 1)));
      assertThat(young.await(Duration.ofSeconds(20)).outputs()).isEqualTo(Map.of("v", 2));
    }
  }

  private static Object ended(World.Member member, Execution execution) {
    return member.forge.execution(execution.id()).orElseThrow().snapshot().outputs();
  }

  @Test
  void another_engine_sees_a_new_version_within_a_second() {
    FlowForge writer = world.member().forge;
    FlowForge reader = world.member().forge;
    writer.flows().save(flow("f", 1));
    assertThat(output(reader, "f")).isEqualTo(1);
    writer.flows().save(flow("f", 2));
    pass(1);
    assertThat(output(reader, "f")).isEqualTo(2);
    writer.flows().deactivate("f");
    pass(1);
    refuses("FF-FLOW-INACTIVE", () -> reader.start("f", Map.of()));
  }

  @Test
  void a_change_made_from_an_older_version_is_refused_with_both_numbers() {
    FlowRepository ann = world.member().forge.flows();
    FlowRepository ben = world.member().forge.flows();
    FlowVersion base = ann.save(flow("f", 1));
    ben.save(flow("f", 2), SaveOptions.DEFAULT.basedOn(base));
    assertThatThrownBy(() -> ann.save(flow("f", 3), SaveOptions.DEFAULT.basedOn(base)))
        .isInstanceOfSatisfying(
            FlowForgeException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("FF-FLOW-CHANGED");
              assertThat(refused.details())
                  .containsEntry("expected", 1)
                  .containsEntry("current", 2);
            });
    assertThat(ann.find("f")).contains(flow("f", 2));
  }

  @Test
  void saves_of_many_threads_and_two_engines_all_become_versions() throws Exception {
    List<FlowRepository> engines =
        List.of(world.member().forge.flows(), world.member().forge.flows());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<FlowVersion>> saves = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Flow flow = flow("f", i);
        FlowRepository engine = engines.get(i % 2);
        saves.add(threads.submit(() -> engine.save(flow)));
      }
      List<Integer> numbers = new ArrayList<>();
      for (Future<FlowVersion> save : saves) {
        numbers.add(save.get(30, TimeUnit.SECONDS).number());
      }
      List<Integer> all = IntStream.rangeClosed(1, 40).boxed().toList();
      assertThat(numbers).containsExactlyInAnyOrderElementsOf(all);
      assertThat(engines.get(0).versions("f", 0, 100))
          .extracting(FlowVersion::number)
          .containsExactlyElementsOf(all);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_process_that_died_behind_the_change_of_the_head_has_lost_no_version() {
    FlowRepository flows = world.member().forge.flows();
    FlowVersion first = flows.save(flow("f", 1));
    world.store.write("flow-edition", "/f/0000000001", 1, null);
    assertThat(flows.versions("f", 0, 10)).containsExactly(first);
    FlowVersion second = flows.save(flow("f", 2));
    assertThat(flows.versions("f", 0, 10)).containsExactly(first, second);
    assertThat(flows.find("f", 1)).contains(flow("f", 1));
  }

  @Test
  void sub_flows_take_the_current_version_or_the_one_they_name() {
    FlowForge forge = world.member().forge;
    forge.flows().save(flow("child", 1));
    forge.flows().save(flow("child", 2));
    Flow parent =
        Flow.parse(
            """
            {"id": "parent", "nodes": [
              {"id": "s", "type": "subflow", "config": {"flow": "child"}},
              {"id": "t", "type": "subflow", "config": {"flow": "child", "version": "1"}}],
             "outputs": {"s": "${s.output.v}", "t": "${t.output.v}"}}
            """);
    Execution execution = forge.start(parent, Map.of());
    pass(6);
    assertThat(execution.snapshot().outputs()).isEqualTo(Map.of("s", 2, "t", 1));
  }

  @Test
  void a_list_is_narrowed_by_tag_and_status_and_goes_on_behind_a_page() {
    FlowRepository flows = world.member().forge.flows();
    for (int i = 1; i <= 5; i++) {
      flows.save(flow("f" + i, i % 2));
    }
    flows.delete("f5");
    flows.activate("f2");
    List<FlowEntry> page = flows.list(FlowQuery.ALL.withLimit(3));
    assertThat(page).extracting(FlowEntry::id).containsExactly("f1", "f2", "f3");
    assertThat(flows.list(FlowQuery.ALL.after(page.get(2))))
        .extracting(FlowEntry::id)
        .containsExactly("f4");
    assertThat(flows.list(FlowQuery.ALL.withTag("t1")))
        .extracting(FlowEntry::id)
        .containsExactly("f1", "f3");
    assertThat(flows.list(FlowQuery.ALL.withStatuses(Set.of(FlowStatus.DELETED))))
        .extracting(FlowEntry::id)
        .containsExactly("f5");
    assertThat(flows.list(FlowQuery.ALL.withStatuses(Set.of(FlowStatus.ACTIVE))))
        .extracting(FlowEntry::id)
        .containsExactly("f2");
  }

  @Test
  void without_a_store_the_repository_lives_as_long_as_the_engine() {
    try (FlowForge forge = FlowForge.builder().discoverPlugins(false).build()) {
      forge.flows().save(flow("f", 1));
      forge.flows().save(flow("f", 2));
      assertThat(output(forge, "f")).isEqualTo(2);
      forge.flows().rollback("f", 1);
      assertThat(output(forge, "f")).isEqualTo(1);
      forge.register(flow("f", 3));
      assertThat(output(forge, "f")).isEqualTo(3);
    }
  }
}
