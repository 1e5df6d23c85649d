package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.Credential;
import io.flowforge.CredentialInfo;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Keyring;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials of the store, as executions see them. */
class CredentialsTest {
  private static final String CANARY = "canary+stored/4711";

  private final Use use = new Use();
  private final Lab lab =
      Lab.with(
          builder ->
              builder
                  .keyring(Keyring.of("k1", new byte[32]))
                  .credential("given", Secret.of("of the builder"))
                  .action(use));

  /** What an action is told. */
  record UseConfig(@Doc("What it uses.") Secret key) {}

  /** Uses a credential and keeps what it was, outside of the engine. */
  private static final class Use implements Action<UseConfig> {
    final List<String> used = new CopyOnWriteArrayList<>();

    @Override
    public ActionDescriptor<UseConfig> descriptor() {
      return ActionDescriptor.of("use", UseConfig.class).title("Use");
    }

    @Override
    public Object run(UseConfig config, ActionContext context) {
      used.add(config.key().reveal());
      return used.size();
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void save(String name, String tenant, String text) {
    lab.forge.credentials().save(Credential.of(name, Secret.of(text), "*").withTenant(tenant));
  }

  private ExecutionResult use(String expression) {
    return use(expression, "");
  }

  private ExecutionResult use(String expression, String tenant) {
    return lab.finish(
        lab.forge.start(
            Lab.flow("nodes: {u: {type: use, config: {key: '${credentials." + expression + "}'}}}"),
            Map.of(),
            StartOptions.DEFAULT.withTenant(tenant)));
  }

  @Test
  void a_flow_names_a_field_or_the_only_one() {
    save("one", "", "1");
    lab.forge
        .credentials()
        .save(Credential.of("two", Map.of("a", Secret.of("2a"), "b", Secret.of("2b")), "*"));
    for (String expression : List.of("one", "one.value", "two.a", "two.b", "given")) {
      assertThat(use(expression)).hasStatus(ExecutionStatus.COMPLETED);
    }
    assertThat(use.used).containsExactly("1", "1", "2a", "2b", "of the builder");
  }

  @Test
  void p20_what_is_not_there_is_an_error_and_never_empty() {
    lab.forge
        .credentials()
        .save(Credential.of("two", Map.of("a", Secret.of("2a"), "b", Secret.of("2b")), "*"));
    assertThat(use("missing")).failedWith("FF-CRED-UNKNOWN");
    assertThat(use("given.field")).failedWith("FF-CRED-UNKNOWN");
    assertThat(use("two")).failedWith("FF-CRED-FIELD");
    ExecutionResult result = use("two.c");
    assertThat(result).failedWith("FF-CRED-FIELD");
    assertThat(result.error().orElseThrow().message()).contains("a, b").doesNotContain("2a");
    assertThat(use.used).isEmpty();
  }

  @Test
  void an_action_asks_for_one_by_name() {
    save("crm", "", "s3cret");
    lab.on("a", context -> context.credential("crm").reveal().length());
    assertThat(lab.run("nodes: {a: {type: slow}}")).hasStatus(ExecutionStatus.COMPLETED);
    lab.on("a", context -> context.credential("crn"));
    assertThat(lab.run("nodes: {a: {type: quick}}")).failedWith("FF-CRED-UNKNOWN");
  }

  @Test
  void a_tenant_sees_its_own_and_the_shared_ones() {
    save("crm", "", "shared");
    save("crm", "acme", "of acme");
    save("own", "acme", "own");
    use("crm", "acme");
    use("crm", "other");
    use("crm");
    use("own", "acme");
    assertThat(use.used).containsExactly("of acme", "shared", "shared", "own");
    assertThat(use("own", "other")).failedWith("FF-CRED-UNKNOWN");
    assertThat(use("own")).failedWith("FF-CRED-UNKNOWN");
  }

  @Test
  void results_in_the_cache_are_those_of_one_tenant() {
    save("crm", "", "shared");
    save("crm", "acme", "of acme");
    String node = "nodes: {u: {type: use, cache: {ttl: 1h}, config: {key: '${credentials.crm}'}}}";
    for (String tenant : List.of("acme", "", "acme", "")) {
      StartOptions options = StartOptions.DEFAULT.withTenant(tenant);
      lab.finish(lab.forge.start(Lab.flow(node), Map.of(), options));
    }
    assertThat(use.used).containsExactly("of acme", "shared");
  }

  @Test
  void a_change_is_seen_at_once_and_a_deletion_too() {
    save("crm", "", "old");
    use("crm");
    save("crm", "", "new");
    use("crm");
    lab.forge.credentials().delete("", "crm");
    assertThat(use("crm")).failedWith("FF-CRED-UNKNOWN");
    assertThat(use.used).containsExactly("old", "new");
  }

  @Test
  void a_retry_sees_the_credential_as_it_is_then() {
    save("crm", "", "wrong");
    lab.on(
        "a",
        context -> {
          if (context.credential("crm").reveal().equals("wrong")) {
            throw new IllegalStateException("401");
          }
          return "ok";
        });
    var execution = lab.start("nodes: {a: {type: quick, retry: {maxAttempts: 3, delay: 1m}}}");
    lab.time.settle();
    save("crm", "", "right");
    assertThat(lab.finish(execution)).hasStatus(ExecutionStatus.COMPLETED);
  }

  @Test
  void one_that_the_builder_was_given_cannot_be_saved() {
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> save("given", "acme", CANARY));
    assertThat(refused.code()).isEqualTo("FF-CRED-GIVEN");
    assertThat(refused.getMessage()).doesNotContain("canary");
  }

  @Test
  void p18_without_a_keyring_nothing_is_written() {
    try (Lab other = Lab.create()) {
      FlowForgeException refused =
          catchThrowableOfType(
              FlowForgeException.class,
              () -> other.forge.credentials().save(Credential.of("a", Secret.of(CANARY), "*")));
      assertThat(refused.code()).isEqualTo("FF-CRED-KEYRING");
      assertThat(other.forge.credentials().list("")).isEmpty();
    }
  }

  @Test
  void a_list_shows_no_secret() {
    save("crm", "", CANARY);
    List<CredentialInfo> all = lab.forge.credentials().list("");
    assertThat(all).hasSize(1);
    assertThat(all.get(0).keyId()).isEqualTo("k1");
    assertThat(all.toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"as it is", "base64", "base64url", "form"})
  void p18_a_stored_credential_does_not_leak_by_a_failure(String form) {
    save("crm", "", CANARY);
    List<FlowEvent> heard = new CopyOnWriteArrayList<>();
    lab.forge.events().subscribe(heard::add);
    lab.on(
        "a",
        context -> {
          String shown = shown(form, context.credential("crm").reveal());
          throw new IllegalStateException("the server refused <" + shown + ">");
        });
    for (String more : List.of("", ", onError: continue", ", retry: {}")) {
      ExecutionResult result = lab.run("nodes: {a: {type: slow" + more + "}}");
      String all = result.toString() + result.error() + result.snapshot();
      for (NodeSnapshot node : result.snapshot().nodes()) {
        all += Json.write(node.error() == null ? null : node.error().toValue());
      }
      assertThat(all).contains("<***>").doesNotContain(shown(form, CANARY));
    }
    lab.time.advance(Duration.ofSeconds(1));
    for (FlowEvent event : heard) {
      assertThat(Json.write(event.toValue())).doesNotContain(shown(form, CANARY));
    }
    assertThat(heard).isNotEmpty();
  }

  private static String shown(String form, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (form) {
      case "base64" -> Base64.getEncoder().encodeToString(bytes);
      case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case "form" -> java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
      default -> text;
    };
  }
}
