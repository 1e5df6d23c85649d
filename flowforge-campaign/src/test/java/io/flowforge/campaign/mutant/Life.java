package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoreException;
import io.flowforge.testkit.ManualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One life of one engine on a store in memory, on a clock that a story moves. It can die, so that
 * nothing of it reaches the world any more, and the answer to one of its commits can be lost.
 */
final class Life implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final AtomicLong LIVES = new AtomicLong();

  private final ManualTime world;
  private final FlowStore inner;
  private final long aheadMicros;
  private boolean dead;
  private int commits;
  private int dyingAt;
  private int mutedAt;

  /**
   * Begins.
   *
   * @param ahead how far its own clock is ahead of the store's
   */
  Life(MemoryStore store, ManualTime world, Duration ahead) {
    this.world = world;
    this.inner = store.handle();
    this.aheadMicros = ahead.toNanos() / 1000;
  }

  /** Dies when it commits for the n-th time, before the store sees it. */
  Life dyingAt(int commit) {
    dyingAt = commit;
    return this;
  }

  /** Never hears of its n-th commit, which the store carries out. */
  Life muteAt(int commit) {
    mutedAt = commit;
    return this;
  }

  /** The options of its engine; an action of type {@code effect} is to be added. */
  FlowForgeBuilder builder() {
    return FlowForge.builder()
        .discoverPlugins(false)
        .time(new OwnTime())
        .executor(world.executor())
        .store(store())
        .requireDurability(Durability.NONE)
        .lease(LEASE)
        .startDeadline(Duration.ofMillis(1))
        // No two lives have one name.
        .seed(LIVES.incrementAndGet());
  }

  private FlowStore store() {
    return (FlowStore)
        Proxy.newProxyInstance(
            Life.class.getClassLoader(),
            new Class<?>[] {FlowStore.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
    boolean answers = CompletionStage.class.isAssignableFrom(method.getReturnType());
    boolean commit = method.getName().equals("commit");
    commits += commit ? 1 : 0;
    dead |= commit && commits == dyingAt;
    if (dead && answers) {
      return new CompletableFuture<>();
    }
    try {
      Object answer = method.invoke(inner, arguments);
      return commit && commits == mutedAt
          ? CompletableFuture.failedFuture(StoreException.unknown("the answer is lost", null))
          : answer;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Nothing of it happens any more. */
  @Override
  public void close() {
    dead = true;
  }

  /** The world's time by a clock of its own, as long as it lives. */
  private final class OwnTime implements TimeSource {
    @Override
    public long epochMicros() {
      return world.epochMicros() + aheadMicros;
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      return world.schedule(
          dueMicros - aheadMicros,
          () -> {
            if (!dead) {
              task.run();
            }
          });
    }

    @Override
    public void close() {
      // The world's time goes on.
    }
  }
}
