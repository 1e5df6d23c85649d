package io.flowforge.internal.engine;

import io.flowforge.Retention;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.spi.Action;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the builder collected; read once at start. */
public final class EngineOptions {
  public final List<Action<?>> actions = new ArrayList<>();
  public final List<Trigger<?>> triggers = new ArrayList<>();
  public final List<Interceptor> interceptors = new ArrayList<>();
  public final Map<String, ErrorHandler> errorHandlers = new LinkedHashMap<>();
  public final Map<String, Secret> credentials = new HashMap<>();
  public @Nullable Keyring keyring;
  public final Map<Class<?>, Object> services = new HashMap<>();
  public final Map<String, Integer> typeLimits = new HashMap<>();
  public boolean discoverPlugins = true;
  public @Nullable TimeSource time;
  public @Nullable Executor executor;
  public @Nullable Long seed;
  public @Nullable FlowStore store;
  public Durability durability = Durability.PROCESS_CRASH;
  public @Nullable BlobStore blobs;
  public long inlineLimit = 1 << 20;
  public long executionLimit = 64 << 20;
  public Duration blobGrace = Duration.ofDays(8);
  public int workers;
  public int maxPending = 100_000;
  public int keepEnded = 1_000;
  public Duration nodeTimeout = Duration.ofMinutes(5);
  public Duration cancelGrace = Duration.ofSeconds(30);
  public Duration drainTimeout = Duration.ofSeconds(30);
  public Duration lease = Duration.ofSeconds(30);
  public Duration scanInterval = Duration.ofSeconds(5);
  public Duration startDeadline = Duration.ofSeconds(5);
  public Duration leaveAfter = Duration.ofSeconds(30);
  public int maxRecoveries = 10;
  public int catchUpRate = 50;
  public boolean claiming = true;
  public LogLevel logLevel = LogLevel.INFO;
  public @Nullable Retention retention;
}
