package io.flowforge.durable;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Several engines on one store, all in one thread and on one clock: a process is an engine whose
 * store and timers can be cut off at any moment, after which nothing of it reaches the world.
 */
final class World implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(30);

  final ManualTime time = ManualTime.create();
  final MemoryStore store = new MemoryStore(time::epochMicros);
  final EffectLog effects = new EffectLog();
  private final List<Member> members = new ArrayList<>();
  private final List<Flow> flows;

  World(Flow... flows) {
    this.flows = List.of(flows);
  }

  /** Another process with an engine of its own. */
  Member member() {
    return member(-1);
  }

  /** A process that dies when it writes for the first time. */
  Member doomed() {
    return member(1);
  }

  /** A process that drives only what it was asked to. */
  Member bystander() {
    return add(new Member(this, -1, false, Knows.ALL));
  }

  /** A process without the action and the flows that the others have. */
  Member stranger() {
    return add(new Member(this, -1, true, Knows.NOTHING));
  }

  /** A process without the flows that the others have. */
  Member newcomer() {
    return add(new Member(this, -1, true, Knows.ACTION));
  }

  private Member member(int diesAt) {
    return add(new Member(this, diesAt, true, Knows.ALL));
  }

  private Member add(Member member) {
    members.add(member);
    return member;
  }

  /** Whether an execution has ended, as the store knows. */
  boolean isOver(String id) {
    return store
        .find(id)
        .toCompletableFuture()
        .join()
        .map(head -> head.status().isFinal())
        .orElse(false);
  }

  @Override
  public void close() {
    for (Member member : members) {
      member.kill();
    }
  }

  /** What a process was made with. */
  private enum Knows {
    NOTHING,
    ACTION,
    ALL
  }

  /** One life of one engine. */
  static final class Member {
    final FlakyStore store;
    final FlowForge forge;
    private final ArrayDeque<Runnable> missed = new ArrayDeque<>();
    private volatile boolean dead;
    private volatile boolean stopped;

    private Member(World world, int diesAt, boolean claiming, Knows knows) {
      store = new FlakyStore(world.store.handle(), () -> dead = true, () -> stopped);
      store.failCommit(diesAt, FlakyStore.Fault.DIES_BEFORE);
      FlowForgeBuilder builder =
          FlowForge.builder()
              .discoverPlugins(false)
              .time(new OwnTime(world.time))
              .executor(world.time.executor())
              .store(store)
              .requireDurability(Durability.NONE)
              .lease(LEASE)
              .claiming(claiming)
              .seed(world.members.size() + 1L)
              .startDeadline(Duration.ofMillis(1));
      if (knows != Knows.NOTHING) {
        builder.action(world.effects.action(world.members.size() + 1));
      }
      if (knows == Knows.ALL) {
        world.flows.forEach(builder::flow);
      }
      forge = builder.build();
    }

    /** Nothing of this process happens any more. */
    void kill() {
      dead = true;
      store.cut();
    }

    /** Stops the process where it stands; what comes due waits. */
    void stop() {
      stopped = true;
    }

    /** Lets it go on, late. */
    void goOn() {
      stopped = false;
      while (!missed.isEmpty()) {
        missed.poll().run();
      }
    }

    boolean isStopped() {
      return stopped;
    }

    boolean isDead() {
      return dead;
    }

    /** The world's time, as long as the process lives. */
    private final class OwnTime implements TimeSource {
      private final TimeSource world;

      OwnTime(TimeSource world) {
        this.world = world;
      }

      @Override
      public long epochMicros() {
        return world.epochMicros();
      }

      @Override
      public Timer schedule(long dueMicros, Runnable task) {
        return world.schedule(
            dueMicros,
            () -> {
              if (stopped) {
                missed.add(task);
              } else if (!dead) {
                task.run();
              }
            });
      }

      @Override
      public void close() {
        // The world's time goes on without this process.
      }
    }
  }
}
