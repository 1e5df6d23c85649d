package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.FlowStatus;
import io.flowforge.execution.EventType;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Secret;
import io.flowforge.execution.Timestamps;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trigger at work for one node of an active flow, from its start through failures until it is
 * stopped. No lock is held while the trigger is called.
 */
final class NodeWatch implements TriggerContext {
  private static final long FIRST_PAUSE_MICROS = 1_000_000;
  private static final long LONGEST_PAUSE_MICROS = 60_000_000;
  private static final int LONGEST_KEY = 255;

  private final TriggerHost triggers;
  private final FlowWatch flow;
  private final PlanNode node;
  private final Trigger<Object> trigger;
  private final TriggerThreads threads;
  private final BorrowedTime time;
  private final Logger log;
  private volatile @Nullable TriggerCursor cursor;
  private Trigger.@Nullable Handle handle;
  private TimeSource.@Nullable Timer retry;
  private int failures;
  private boolean announced;
  private volatile boolean closed;

  /** Why it cannot watch at the moment; null when it can. */
  private volatile @Nullable String trouble;

  NodeWatch(TriggerHost triggers, FlowWatch flow, PlanNode node, Trigger<Object> trigger) {
    this.triggers = triggers;
    this.flow = flow;
    this.node = node;
    this.trigger = trigger;
    this.threads = new TriggerThreads(triggers.workers());
    this.time = new BorrowedTime(triggers.host().time());
    this.log = LoggerFactory.getLogger("io.flowforge.trigger." + flow.id() + "." + node.id);
  }

  // ---- starting and stopping

  void begin() {
    threads.execute(this::start);
  }

  private void start() {
    try {
      Object config = config();
      Trigger.Handle started;
      synchronized (this) {
        retry = null;
        if (closed) {
          return;
        }
      }
      cursor = triggers.cursor(flow.key() + "/" + node.id);
      started = trigger.start(config, this);
      if (!keep(started)) {
        // It was stopped meanwhile.
        started.close();
        return;
      }
      announce(EventType.TRIGGER_STARTED, Map.of("type", node.type));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failed(interrupted);
    } catch (Exception | LinkageError failure) {
      failed(failure);
    }
  }

  private synchronized boolean keep(Trigger.Handle started) {
    if (closed) {
      return false;
    }
    handle = started;
    failures = 0;
    trouble = null;
    announced = true;
    return true;
  }

  /** The config of a trigger node. */
  private Object config() {
    Object constant = node.config.constant();
    return constant == null
        ? node.config.bind(new TriggerSurroundings(triggers.host(), flow.tenant()))
        : constant;
  }

  private void failed(Throwable failure) {
    long pause;
    synchronized (this) {
      if (closed) {
        return;
      }
      pause = Math.min(LONGEST_PAUSE_MICROS, FIRST_PAUSE_MICROS << Math.min(failures++, 6));
    }
    troubled(String.valueOf(failure.getMessage()), failure);
    long due = triggers.host().time().epochMicros();
    due += (long) (pause * (0.5 + triggers.host().random() / 2));
    TimeSource.Timer timer = triggers.host().time().schedule(due, this::begin);
    synchronized (this) {
      if (closed) {
        timer.cancel();
      } else {
        retry = timer;
      }
    }
  }

  /** Once this has returned, nothing is fired any more. */
  void close() {
    Trigger.Handle stopped;
    boolean told;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopped = handle;
      handle = null;
      told = announced;
      if (retry != null) {
        retry.cancel();
      }
    }
    time.end();
    threads.close();
    if (stopped != null) {
      try {
        stopped.close();
      } catch (RuntimeException failure) {
        log.warn("stopping failed", failure);
      }
    }
    if (told) {
      announce(EventType.TRIGGER_STOPPED, Map.of("type", node.type));
    }
  }

  synchronized boolean isRunning() {
    return handle != null;
  }

  /** A sentence for health, or null when all is well. */
  @Nullable String complaint() {
    String why = trouble;
    return why == null || closed
        ? null
        : "trigger " + node.id + " of flow " + flow.id() + " cannot watch: " + why;
  }

  private void announce(EventType type, Map<String, Object> data) {
    EngineHost host = triggers.host();
    if (host.listening()) {
      host.publish(
          new FlowEvent(
              type,
              0,
              Timestamps.ofMicros(host.time().epochMicros()),
              "",
              flow.id(),
              flow.tenant(),
              node.id,
              data));
    }
  }

  // ---- what the trigger sees

  @Override
  public String flowId() {
    return flow.id();
  }

  @Override
  public String nodeId() {
    return node.id;
  }

  @Override
  public CompletionStage<Fired> fire(@Nullable Object event, String dedupKey) {
    if (dedupKey.isEmpty() || dedupKey.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "dedupKey must have 1 to " + LONGEST_KEY + " characters, had " + dedupKey.length());
    }
    Object plain = Values.normalise(event);
    CompletableFuture<Fired> fired = new CompletableFuture<>();
    try {
      // Not on the calling thread, which may be that of a timer: starting may ask the store.
      triggers.workers().execute(() -> fire(plain, dedupKey, fired));
    } catch (RuntimeException closing) {
      fired.completeExceptionally(stopped());
    }
    return fired.minimalCompletionStage();
  }

  private void fire(@Nullable Object event, String dedupKey, CompletableFuture<Fired> fired) {
    try {
      if (closed || !triggers.mayFire() || flow.statusNow() != FlowStatus.ACTIVE) {
        throw stopped();
      }
      triggers
          .start(flow, node.id, event, dedupKey)
          .whenComplete(
              (done, failure) -> {
                if (done == null) {
                  fired.completeExceptionally(failure == null ? stopped() : failure);
                } else {
                  recovered();
                  fired.complete(done);
                }
              });
    } catch (RuntimeException refused) {
      fired.completeExceptionally(refused);
    }
  }

  private FlowForgeException stopped() {
    return new FlowForgeException(
        "FF-TRIGGER-STOPPED",
        "trigger "
            + node.id
            + " of flow "
            + flow.id()
            + " does not run in this engine any more; whoever runs it next sees the event again",
        Map.of("flowId", flow.id(), "nodeId", node.id),
        true,
        null);
  }

  @Override
  public Cursor cursor() {
    TriggerCursor known = cursor;
    if (known == null) {
      throw new IllegalStateException("the trigger has not been started");
    }
    return known;
  }

  @Override
  public void failing(String reason, @Nullable Throwable cause) {
    if (!closed) {
      troubled(reason, cause);
    }
  }

  private void troubled(String reason, @Nullable Throwable cause) {
    String shown = triggers.host().redacted(reason);
    boolean news = trouble == null;
    trouble = shown;
    if (news) {
      log.warn("cannot watch: {}", shown);
      announce(EventType.TRIGGER_FAILING, Map.of("type", node.type, "reason", shown));
    }
    log.debug("the cause of it", cause);
  }

  @Override
  public void recovered() {
    if (trouble != null && isRunning()) {
      trouble = null;
      log.info("watches again");
      announce(EventType.TRIGGER_STARTED, Map.of("type", node.type));
    }
  }

  @Override
  public Secret credential(String name) {
    return triggers.host().credential(flow.tenant(), name);
  }

  @Override
  public Logger log() {
    return log;
  }

  @Override
  public Clock clock() {
    return triggers.host().clock();
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public Executor executor() {
    return threads;
  }

  @Override
  public <T> @Nullable T service(Class<T> type) {
    return triggers.host().service(type);
  }
}
