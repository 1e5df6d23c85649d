package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows kept in an H2 file, each command as if in a process of its own. */
class FlowsTest {
  private static final String HELLO =
      """
      id: hello
      tags: [%s]
      inputs: {name: {type: string, default: World}}
      nodes: {greet: {type: echo, config: {v: "%s ${inputs.name}"}}}
      outputs: {text: "${greet.output.v}"}
      """;

  @TempDir Path folder;
  private InStore store;

  @BeforeEach
  void names_a_store() {
    store = new InStore(folder);
  }

  @Test
  void a_saved_flow_is_run_by_its_id_in_any_of_its_versions() throws Exception {
    CommandLineRun first = save("one", "Hello", "--note", "first", "--as", "user:ann");
    assertThat(first.at("version")).isEqualTo(1);
    assertThat(first.at("by")).isEqualTo("user:ann");
    assertThat(first.at("note")).isEqualTo("first");
    assertThat(save("one", "Hello").at("version")).isEqualTo(1);
    assertThat(save("one", "Bye").at("version")).isEqualTo(2);
    CommandLineRun run = store.run("run", "--flow", "hello", "--input", "name=5");
    assertThat(run.code()).isZero();
    assertThat(run.at("outputs", "text")).isEqualTo("Bye 5");
    CommandLineRun older = store.run("run", "--flow", "hello", "--version", "1");
    assertThat(older.at("outputs", "text")).isEqualTo("Hello World");
    assertThat(store.run("run", "--flow", "hello", "--version", "3").at("error", "code"))
        .isEqualTo("FF-FLOW-VERSION");
    assertThat(store.run("run", "--flow", "none").at("error", "code")).isEqualTo("FF-FLOW-UNKNOWN");
  }

  @Test
  void versions_are_listed_shown_and_rolled_back_to() throws Exception {
    save("one", "Hello");
    save("two", "Bye");
    CommandLineRun back = store.run("flows", "rollback", "hello", "--version", "1");
    assertThat(back.at("version")).isEqualTo(3);
    assertThat(numbers(store.run("flows", "versions", "hello"))).containsExactly(1, 2, 3);
    assertThat(numbers(store.run("flows", "versions", "hello", "--after", "1", "--limit", "1")))
        .containsExactly(2);
    CommandLineRun shown = store.run("flows", "show", "hello");
    assertThat(shown.at("tags")).isEqualTo(List.of("one"));
    CommandLineRun second = store.run("flows", "show", "hello", "--version", "2");
    assertThat(second.at("version")).isEqualTo(2);
    assertThat(second.at("document", "tags")).isEqualTo(List.of("two"));
    for (String verb : List.of("rollback", "show")) {
      CommandLineRun none = store.run("flows", verb, "hello", "--version", "9");
      assertThat(none.at("error", "code")).as(verb).isEqualTo("FF-FLOW-VERSION");
    }
  }

  @Test
  void a_printed_document_is_saved_as_it_was() throws Exception {
    CommandLineRun saved = save("one", "Hello");
    Path copy = folder.resolve("copy.json");
    Files.writeString(copy, store.run("flows", "show", "hello", "--document").out());
    CommandLineRun again = store.run("flows", "save", copy.toString());
    assertThat(again.document()).isEqualTo(saved.document());
  }

  @Test
  void a_change_of_an_old_version_is_refused() throws Exception {
    save("one", "Hello");
    assertThat(save("one", "Bye", "--based-on", "1").at("version")).isEqualTo(2);
    CommandLineRun late = save("one", "Hi", "--based-on", "1");
    assertThat(late.code()).isEqualTo(2);
    assertThat(late.at("error", "code")).isEqualTo("FF-FLOW-CHANGED");
  }

  @Test
  void what_takes_no_starts_is_not_run() throws Exception {
    save("one", "Hello");
    assertThat(move("activate")).isEqualTo("ACTIVE");
    assertThat(store.run("run", "--flow", "hello").code()).isZero();
    assertThat(move("deactivate")).isEqualTo("INACTIVE");
    assertThat(store.run("run", "--flow", "hello").at("error", "code"))
        .isEqualTo("FF-FLOW-INACTIVE");
    assertThat(move("delete")).isEqualTo("DELETED");
    assertThat(store.run("run", "--flow", "hello", "--version", "1").at("error", "code"))
        .isEqualTo("FF-FLOW-DELETED");
    assertThat(ids(store.run("flows", "list"))).isEmpty();
    assertThat(ids(store.run("flows", "list", "--status", "deleted"))).containsExactly("hello");
    assertThat(move("restore")).isEqualTo("INACTIVE");
  }

  @Test
  void a_tenant_has_its_own_flows_and_executions() throws Exception {
    save("one", "Hello");
    save("two", "Bye", "--tenant", "acme");
    assertThat(ids(store.run("flows", "list"))).containsExactly("hello", "hello");
    assertThat(ids(store.run("flows", "list", "--tenant", "acme", "--tag", "two"))).hasSize(1);
    assertThat(ids(store.run("flows", "list", "--tag", "none"))).isEmpty();
    assertThat(ids(store.run("flows", "list", "--after", "acme/hello"))).isEmpty();
    assertThat(ids(store.run("flows", "list", "--limit", "1", "--after", "hello"))).hasSize(1);
    CommandLineRun run = store.run("run", "--flow", "hello", "--tenant", "acme");
    assertThat(run.at("outputs", "text")).isEqualTo("Bye World");
    CommandLineRun own = store.run("executions", "list", "--tenant", "acme");
    assertThat((List<?>) own.at("executions")).hasSize(1);
    assertThat(store.run("flows", "show", "hello", "--tenant", "other").at("error", "code"))
        .isEqualTo("FF-FLOW-UNKNOWN");
  }

  @Test
  void what_cannot_run_is_neither_saved_nor_activated() throws Exception {
    Path bad = folder.resolve("bad.yaml");
    Files.writeString(bad, "{id: bad, nodes: {a: {type: echo, dependsOn: [b]}}}");
    CommandLineRun refused = store.run("flows", "save", bad.toString());
    assertThat(refused.code()).isEqualTo(3);
    assertThat((List<?>) refused.at("problems")).isNotEmpty();
    assertThat(ids(store.run("flows", "list"))).isEmpty();
  }

  private CommandLineRun save(String tag, String word, String... options) throws IOException {
    Path file = folder.resolve("hello.yaml");
    Files.writeString(file, HELLO.formatted(tag, word));
    return store.run(InStore.with(List.of("flows", "save", file.toString()), options));
  }

  private Object move(String verb) {
    return store.run("flows", verb, "hello").at("status");
  }

  private static List<Object> ids(CommandLineRun list) {
    return values(list, "flows", "flow");
  }

  private static List<Object> numbers(CommandLineRun list) {
    return values(list, "versions", "version");
  }

  private static List<Object> values(CommandLineRun list, String key, String name) {
    return ((List<?>) list.at(key))
        .stream().<Object>map(line -> ((Map<?, ?>) line).get(name)).toList();
  }
}
