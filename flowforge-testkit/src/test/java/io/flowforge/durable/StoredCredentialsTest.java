package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Credential;
import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Credentials of a store that engines share. */
class StoredCredentialsTest {
  private static final Flow FLOW =
      Flow.parse("id: f\nnodes: {u: {type: use, config: {key: '${credentials.crm}'}}}");

  private final ManualTime time = ManualTime.create();
  private final MemoryStore store = new MemoryStore(time::epochMicros);
  private final List<String> used = new CopyOnWriteArrayList<>();

  /** What the action is told. */
  record UseConfig(@Doc("What it uses.") Secret key) {}

  /** Keeps what it is given; ends or hangs. */
  private final class Use implements Action<UseConfig> {
    private final boolean hangs;

    Use(boolean hangs) {
      this.hangs = hangs;
    }

    @Override
    public ActionDescriptor<UseConfig> descriptor() {
      return ActionDescriptor.of("use", UseConfig.class).title("Use").nonBlocking();
    }

    @Override
    public @Nullable Object run(UseConfig config, ActionContext context) {
      used.add(config.key().reveal());
      return hangs ? new CompletableFuture<>() : null;
    }
  }

  private FlowForge engine(boolean hangs) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .time(time)
        .executor(time.executor())
        .store(store.handle())
        .requireDurability(Durability.NONE)
        .keyring(Keyring.of("k", new byte[32]))
        .action(new Use(hangs))
        .build();
  }

  private static Credential crm(String text) {
    return Credential.of("crm", Secret.of(text), "*");
  }

  @Test
  void who_takes_an_execution_over_uses_the_credential_as_it_is_then() {
    FlowForge first = engine(true);
    first.credentials().save(crm("old"));
    first.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("e"));
    time.advance(Duration.ofSeconds(1));
    first.credentials().save(crm("new"));
    first.close(Duration.ZERO);
    try (FlowForge second = engine(false)) {
      time.advance(Duration.ofMinutes(1));
      assertThat(second.execution("e").orElseThrow().status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(used).containsExactly("old", "new");

      second.credentials().delete("", "crm");
      time.advance(Duration.ofMinutes(1));
      assertThat(second.execution("e").orElseThrow().snapshot().node("u")).isPresent();
    }
  }

  @Test
  void a_change_of_another_engine_is_seen_within_5_seconds() {
    try (FlowForge one = engine(false);
        FlowForge other = engine(false)) {
      one.credentials().save(crm("old"));
      one.start(FLOW, Map.of());
      time.advance(Duration.ofSeconds(1));
      other.credentials().save(crm("new"));
      time.advance(Duration.ofSeconds(5));
      one.start(FLOW, Map.of());
      time.advance(Duration.ofSeconds(1));
      assertThat(used).containsExactly("old", "new");
    }
  }
}
