package io.flowforge;

import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.internal.blob.FileBlobs;
import io.flowforge.internal.engine.Engine;
import io.flowforge.internal.engine.EngineOptions;
import io.flowforge.spi.Action;
import io.flowforge.spi.AuditLevel;
import io.flowforge.spi.AuditLog;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Collects the options of an engine; not thread-safe. */
public final class FlowForgeBuilder {
  private final EngineOptions options = new EngineOptions();

  FlowForgeBuilder() {}

  /**
   * Adds an action, or replaces the discovered one of its type.
   *
   * @param action the action
   * @return this
   */
  public FlowForgeBuilder action(Action<?> action) {
    options.actions.add(Objects.requireNonNull(action, "action"));
    return this;
  }

  /**
   * Adds a trigger, or replaces the discovered one of its type.
   *
   * @param trigger the trigger
   * @return this
   */
  public FlowForgeBuilder trigger(Trigger<?> trigger) {
    options.triggers.add(Objects.requireNonNull(trigger, "trigger"));
    return this;
  }

  /**
   * Registers a flow before the engine takes up any execution, as {@link FlowForge#register} does
   * later. Sub-flows and error flows of executions that are in a store belong here: an engine goes
   * on with such executions as soon as it is built.
   *
   * @param flow the flow
   * @return this
   */
  public FlowForgeBuilder flow(Flow flow) {
    options.flows.add(Objects.requireNonNull(flow, "flow"));
    return this;
  }

  /**
   * Turns the search for plugins by {@link java.util.ServiceLoader} on or off; default on.
   *
   * @param on whether to search
   * @return this
   */
  public FlowForgeBuilder discoverPlugins(boolean on) {
    options.discoverPlugins = on;
    return this;
  }

  /**
   * Adds an interceptor around every attempt of every action; the first added is outermost.
   *
   * @param interceptor the interceptor
   * @return this
   */
  public FlowForgeBuilder interceptor(Interceptor interceptor) {
    options.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    return this;
  }

  /**
   * Adds a handler for node failures that the flow itself does not handle.
   *
   * @param code the code it is for; {@code *} at the end matches any rest; the most exact one is
   *     asked
   * @param handler decides what the failure means
   * @return this
   */
  public FlowForgeBuilder onError(String code, ErrorHandler handler) {
    options.errorHandlers.put(code, Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * Gives a credential, which flows name as <code>${credentials.NAME}</code>. All tenants see it,
   * and it wins over one of the store.
   *
   * @param name its name
   * @param secret the secret
   * @return this
   */
  public FlowForgeBuilder credential(String name, Secret secret) {
    options.credentials.put(name, Objects.requireNonNull(secret, "secret"));
    return this;
  }

  /**
   * Sets the keys that {@link FlowForge#credentials} are encrypted with; default none: credentials
   * then cannot be saved, and those of the store are not seen.
   *
   * @param keyring the keys
   * @return this
   */
  public FlowForgeBuilder keyring(Keyring keyring) {
    options.keyring = Objects.requireNonNull(keyring, "keyring");
    return this;
  }

  /**
   * Offers an object to actions, which ask for it with {@code context.service(type)}.
   *
   * @param type the class it is asked for by
   * @param service the object; closed by the host
   * @param <T> its class
   * @return this
   */
  public <T> FlowForgeBuilder service(Class<T> type, T service) {
    options.services.put(type, Objects.requireNonNull(service, "service"));
    return this;
  }

  /**
   * Sets where time and timers come from; default the system's.
   *
   * @param time the source
   * @return this
   */
  public FlowForgeBuilder time(TimeSource time) {
    options.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Sets the store that keeps executions; default none: they are kept in memory and end with the
   * process. The engine opens it, and closes it at its own end.
   *
   * @param store the store, not opened yet; for one engine only
   * @return this
   */
  public FlowForgeBuilder store(FlowStore store) {
    options.store = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * Sets where outputs go that are too large to stand in a value; default the engine's store, and
   * none without one: then they fail with {@code FF-VALUE-SIZE}.
   *
   * @param blobs the blob store
   * @return this
   */
  public FlowForgeBuilder blobs(BlobStore blobs) {
    options.blobs = Objects.requireNonNull(blobs, "blobs");
    return this;
  }

  /**
   * Has outputs that are too large to stand in a value written to files of a folder, forced to the
   * disk. Processes of one host may share it.
   *
   * @param folder a folder for nothing else; made when it is not there
   * @return this
   */
  public FlowForgeBuilder blobs(Path folder) {
    return blobs(new FileBlobs(Objects.requireNonNull(folder, "folder")));
  }

  /**
   * Sets the largest output that stands in a value; larger ones become blobs. Default 1 MiB.
   *
   * @param bytes 1,024 to 1,048,576
   * @return this
   */
  public FlowForgeBuilder inlineLimit(long bytes) {
    if (bytes < 1024 || bytes > 1 << 20) {
      throw new IllegalArgumentException("inlineLimit must be 1024 to 1048576, was " + bytes);
    }
    options.inlineLimit = bytes;
    return this;
  }

  /**
   * Sets how much all outputs of one execution that is written to a store may come to, without
   * blobs; past it they become blobs, and {@code FF-EXECUTION-SIZE} where there are none. Default
   * 64 MiB.
   *
   * @param bytes 1,048,576 or more
   * @return this
   */
  public FlowForgeBuilder executionLimit(long bytes) {
    if (bytes < 1 << 20) {
      throw new IllegalArgumentException("executionLimit must be >= 1048576, was " + bytes);
    }
    options.executionLimit = bytes;
    return this;
  }

  /**
   * Sets how long a blob that no execution refers to is kept; default 8 days, a day longer than
   * events that nobody waits for.
   *
   * @param grace longer than zero; longer than any node runs
   * @return this
   */
  public FlowForgeBuilder blobGrace(Duration grace) {
    options.blobGrace = positive("blobGrace", grace);
    return this;
  }

  /**
   * Sets whether results that nodes cache are shared with the other engines of the store, when it
   * has a cache; default on. Off, and with a store without one, each engine caches for itself.
   *
   * @param on whether to share them
   * @return this
   */
  public FlowForgeBuilder sharedCache(boolean on) {
    options.sharedCache = on;
    return this;
  }

  /**
   * Sets how long a node waits for the store's cache before its action runs; default 250 ms.
   *
   * @param deadline longer than zero
   * @return this
   */
  public FlowForgeBuilder sharedCacheDeadline(Duration deadline) {
    options.sharedCacheDeadline = positive("sharedCacheDeadline", deadline);
    return this;
  }

  /**
   * Sets what acknowledged writes of the store must survive at least; default {@link
   * Durability#PROCESS_CRASH}.
   *
   * @param durability the least that will do; a weaker store is refused by {@link #build}
   * @return this
   */
  public FlowForgeBuilder requireDurability(Durability durability) {
    options.durability = Objects.requireNonNull(durability, "durability");
    return this;
  }

  /**
   * Sets how long this engine may be out of touch with its store before others take its executions
   * over; default 30 s. It renews in thirds.
   *
   * @param lease longer than zero
   * @return this
   */
  public FlowForgeBuilder lease(Duration lease) {
    options.lease = positive("lease", lease);
    return this;
  }

  /**
   * Sets how often the engine looks into its store for work and messages by itself; default 5 s.
   *
   * @param interval longer than zero
   * @return this
   */
  public FlowForgeBuilder scanInterval(Duration interval) {
    options.scanInterval = positive("scanInterval", interval);
    return this;
  }

  /**
   * Sets how long {@code start} and requests wait for the store; default 5 s.
   *
   * @param deadline longer than zero
   * @return this
   */
  public FlowForgeBuilder startDeadline(Duration deadline) {
    options.startDeadline = positive("startDeadline", deadline);
    return this;
  }

  /**
   * Sets how long an execution must be going to wait for it to leave memory until then; default 30
   * s. Only with a store.
   *
   * @param wait longer than zero
   * @return this
   */
  public FlowForgeBuilder leaveAfter(Duration wait) {
    options.leaveAfter = positive("leaveAfter", wait);
    return this;
  }

  /**
   * Sets whether the engine takes over every execution of its store that nobody drives; default on.
   * Off, it drives only what it has started, retried, forked or been told to {@link
   * Execution#resume}, and what those set off: for commands and tools beside the engines that do
   * the work.
   *
   * @param on whether to take over what others left
   * @return this
   */
  public FlowForgeBuilder claiming(boolean on) {
    options.claiming = on;
    return this;
  }

  /**
   * Sets where the audit log is kept; default in the store. Without a store and a log of one's own
   * there is none.
   *
   * @param log the log; closed by the host
   * @return this
   */
  public FlowForgeBuilder audit(AuditLog log) {
    options.auditLog = Objects.requireNonNull(log, "log");
    return this;
  }

  /**
   * Sets what goes into the audit log; default {@link AuditLevel#CHANGES}.
   *
   * @param level how much
   * @return this
   */
  public FlowForgeBuilder auditLevel(AuditLevel level) {
    options.auditLevel = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * Sets how often in a row an execution is taken over from a dead process without progress before
   * it is parked; default 10.
   *
   * @param count at least 1
   * @return this
   */
  public FlowForgeBuilder maxRecoveries(int count) {
    options.maxRecoveries = atLeast("maxRecoveries", count, 1);
    return this;
  }

  /**
   * Sets how many executions a second go on whose timers came due while no engine looked; default
   * 50. They go on in the order in which they were due.
   *
   * @param perSecond 1 to 1,000,000
   * @return this
   */
  public FlowForgeBuilder catchUpRate(int perSecond) {
    if (perSecond > 1_000_000) {
      throw new IllegalArgumentException("catchUpRate must be <= 1000000, was " + perSecond);
    }
    options.catchUpRate = atLeast("catchUpRate", perSecond, 1);
    return this;
  }

  /**
   * Sets how long ended executions are kept; default for good. Of all engines on a store that were
   * told so, one deletes at a time, in the background.
   *
   * @param retention how long
   * @return this
   */
  public FlowForgeBuilder retention(Retention retention) {
    options.retention = Objects.requireNonNull(retention, "retention");
    return this;
  }

  /**
   * Sets which lines that nodes write to the log are kept with the execution; default {@link
   * LogLevel#INFO}. Only with a store; the process's own log is not touched.
   *
   * @param least the least level; {@link LogLevel#OFF} keeps none
   * @return this
   */
  public FlowForgeBuilder keepLogs(LogLevel least) {
    options.logLevel = Objects.requireNonNull(least, "least");
    return this;
  }

  /**
   * Sets the executor that blocking actions run on; default virtual threads where the JDK has them,
   * else a pool of {@link #workers}. The host shuts it down.
   *
   * @param executor must not run tasks on the calling thread
   * @return this
   */
  public FlowForgeBuilder executor(Executor executor) {
    options.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets how many blocking actions run at once; default 64 on platform threads, 1,000 on virtual
   * ones.
   *
   * @param count at least 1
   * @return this
   */
  public FlowForgeBuilder workers(int count) {
    options.workers = atLeast("workers", count, 1);
    return this;
  }

  /**
   * Limits how many nodes of a type run at once in this engine; default no limit.
   *
   * @param type node type
   * @param count at least 1
   * @return this
   */
  public FlowForgeBuilder concurrencyLimit(String type, int count) {
    options.typeLimits.put(type, atLeast("concurrencyLimit(" + type + ")", count, 1));
    return this;
  }

  /**
   * Sets how many executions may be under way at once; default 100,000.
   *
   * @param count at least 1; past it {@code start} blocks, then refuses with {@code FF-OVERLOADED}
   * @return this
   */
  public FlowForgeBuilder maxPending(int count) {
    options.maxPending = atLeast("maxPending", count, 1);
    return this;
  }

  /**
   * Sets how many ended executions stay known by their id; default 1,000.
   *
   * @param count 0 or more
   * @return this
   */
  public FlowForgeBuilder keepEnded(int count) {
    options.keepEnded = atLeast("keepEnded", count, 0);
    return this;
  }

  /**
   * Sets the time-out of an attempt of a blocking action whose node names none; default 5 min.
   *
   * @param timeout longer than zero
   * @return this
   */
  public FlowForgeBuilder nodeTimeout(Duration timeout) {
    options.nodeTimeout = positive("nodeTimeout", timeout);
    return this;
  }

  /**
   * Sets how long an interrupted node may take to return before its execution ends without it;
   * default 30 s.
   *
   * @param grace longer than zero
   * @return this
   */
  public FlowForgeBuilder cancelGrace(Duration grace) {
    options.cancelGrace = positive("cancelGrace", grace);
    return this;
  }

  /**
   * Sets how long {@link FlowForge#close()} lets running nodes finish; default 30 s.
   *
   * @param timeout longer than zero
   * @return this
   */
  public FlowForgeBuilder drainTimeout(Duration timeout) {
    options.drainTimeout = positive("drainTimeout", timeout);
    return this;
  }

  /**
   * Sets the seed of all randomness (jitter, ids); default one from the system.
   *
   * @param seed any number; the same seed gives the same choices
   * @return this
   */
  public FlowForgeBuilder seed(long seed) {
    options.seed = seed;
    return this;
  }

  /**
   * Starts the engine.
   *
   * @return a running engine
   * @throws FlowForgeException {@code FF-PLUGIN-CONFLICT} when two plugins claim one type
   * @throws InvalidFlowException when a flow must be mended
   */
  public FlowForge build() {
    return Engine.start(options);
  }

  private static int atLeast(String name, int value, int bound) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be >= " + bound + ", was " + value);
    }
    return value;
  }

  private static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, was " + value);
    }
    return value;
  }
}
