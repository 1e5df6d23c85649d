package io.flowforge.actions;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node run outside any engine. */
public final class TestContext implements ActionContext {
  public static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

  private int attempt = 1;
  private long fencingToken;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final Map<String, Secret> credentials = new HashMap<>();

  public static TestContext create() {
    return new TestContext();
  }

  public <T> TestContext with(Class<T> type, T service) {
    services.put(type, service);
    return this;
  }

  public TestContext with(String name, Secret credential) {
    credentials.put(name, credential);
    return this;
  }

  /** From now on it is this attempt, in the process that has this token. */
  public TestContext attempt(int number, long token) {
    attempt = number;
    fencingToken = token;
    return this;
  }

  @Override
  public String executionId() {
    return "execution";
  }

  @Override
  public String flowId() {
    return "flow";
  }

  @Override
  public String nodeId() {
    return "node";
  }

  @Override
  public String nodeType() {
    return "test";
  }

  @Override
  public String path() {
    return "node";
  }

  @Override
  public String idempotencyKey() {
    return "ff1_abc";
  }

  @Override
  public long fencingToken() {
    return fencingToken;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public @Nullable Object input() {
    return null;
  }

  @Override
  public Map<String, Object> inputs() {
    return Map.of();
  }

  @Override
  public Map<String, Object> vars() {
    return Map.of();
  }

  @Override
  public Secret credential(String name) {
    Secret secret = credentials.get(name);
    if (secret == null) {
      throw new FlowForgeException("FF-CRED-UNKNOWN", "no credential " + name);
    }
    return secret;
  }

  @Override
  public void emit(Object chunk) {}

  @Override
  public void progress(double fraction, String note) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger(TestContext.class);
  }

  @Override
  public Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  @Override
  public <T> @Nullable T service(Class<T> type) {
    return type.cast(services.get(type));
  }
}
