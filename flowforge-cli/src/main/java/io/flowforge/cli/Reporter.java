package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.FlowEvent;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error what goes on during a run: events as lines of JSON, or a line of progress
 * on a terminal, or nothing.
 */
final class Reporter implements AutoCloseable {
  private static final long QUIET_NANOS = Duration.ofMillis(500).toNanos();
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final long END_MILLIS = 2000;

  private final Console console;
  private final boolean events;
  private final int nodes;
  private final long began = System.nanoTime();
  private final Set<String> ended = new HashSet<>();
  private EventStream.@Nullable Subscription subscription;
  private long drawn;
  private int done;

  private Reporter(Console console, boolean events, int nodes) {
    this.console = console;
    this.events = events;
    this.nodes = nodes;
    this.drawn = began + QUIET_NANOS - REDRAW_NANOS;
  }

  static Reporter on(Console console, FlowForge forge, Flow flow, boolean events) {
    Reporter reporter = new Reporter(console, events, flow.nodes().size());
    if (events) {
      reporter.subscription = forge.events().buffered(1_000_000).subscribe(reporter::print);
    } else if (console.terminal()) {
      reporter.subscription = forge.events().ofFlow(flow.id()).subscribe(reporter::draw);
    }
    return reporter;
  }

  /** Waits until the last events of all executions that have ended are printed. */
  synchronized void awaitEnds(List<Execution> executions) throws InterruptedException {
    if (!events) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    long left = END_MILLIS;
    while (left > 0 && !executions.stream().allMatch(this::isTold)) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  private boolean isTold(Execution execution) {
    return !execution.status().isFinal() || ended.contains(execution.id());
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.close();
      if (!events && done > 0) {
        console.progress("");
      }
    }
  }

  private synchronized void print(FlowEvent event) {
    console.event(event.toValue());
    if (event.type() == EventType.EXECUTION_COMPLETED
        || event.type() == EventType.EXECUTION_FAILED) {
      ended.add(event.executionId());
      notifyAll();
    }
  }

  private synchronized void draw(FlowEvent event) {
    switch (event.type()) {
      case NODE_COMPLETED, NODE_FAILED -> done++;
      default -> {}
    }
    long now = System.nanoTime();
    if (now - drawn >= REDRAW_NANOS && event.node() != null) {
      drawn = now;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(now - began);
      console.progress(seconds + " s, " + done + " of " + nodes + " nodes, " + event.node());
    }
  }
}
