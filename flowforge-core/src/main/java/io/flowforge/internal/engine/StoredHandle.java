package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.run.MessageIds;
import io.flowforge.internal.run.Run;
import io.flowforge.spi.store.Message;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a stored execution, whoever drives it. What is asked of the execution travels through
 * the store, so that it counts once it is written, also when the owner is another process or dead.
 */
record StoredHandle(Persistence persistence, Flow flow, String id, boolean created)
    implements Execution {
  @Override
  public ExecutionStatus status() {
    return persistence.status(id);
  }

  @Override
  public CompletionStage<ExecutionResult> result() {
    return persistence.ends().watch(id).minimalCompletionStage();
  }

  @Override
  public ExecutionResult await(Duration timeout) {
    CompletableFuture<ExecutionResult> end = persistence.ends().watch(id);
    try {
      return end.get(SharedGates.micros(timeout), TimeUnit.MICROSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while waiting for execution " + id, Map.of(), true, null);
    } catch (TimeoutException late) {
      throw new FlowForgeException(
          "FF-AWAIT-TIMEOUT",
          "execution " + id + " has not ended within " + timeout + "; it goes on, await it again",
          Map.of("status", status().name()),
          true,
          null);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public boolean cancel(String reason) {
    return isTaken(Message.Kind.CANCEL, reason);
  }

  @Override
  public boolean pause() {
    return isTaken(Message.Kind.PAUSE, null);
  }

  @Override
  public boolean resume() {
    persistence.adopt(id);
    if (persistence.status(id) == ExecutionStatus.PARKED) {
      return persistence.takeovers().unpark(id);
    }
    return isTaken(Message.Kind.RESUME, null);
  }

  private boolean isTaken(Message.Kind kind, @Nullable Object payload) {
    return persistence.send(id, kind, "", payload) != Message.Receipt.FINAL;
  }

  @Override
  public void answer(String node, @Nullable Object answer) {
    Object plain = Values.normalise(answer);
    Run run = persistence.view(id);
    run.checkAnswer(node, plain);
    if (persistence.send(id, Message.Kind.ANSWER, node, plain) == Message.Receipt.FINAL) {
      throw run.unexpectedAnswer(node);
    }
  }

  @Override
  public void signal(String event, @Nullable Object payload) {
    Object plain = Values.normalise(payload);
    checkTaken(event, persistence.send(id, Message.Kind.SIGNAL, event, plain));
  }

  @Override
  public boolean signal(String event, @Nullable Object payload, String messageId) {
    String own = "signal " + MessageIds.check(messageId);
    Object plain = Values.normalise(payload);
    Message message = new Message(own, Message.Kind.SIGNAL, event, Json.write(plain));
    Message.Receipt receipt = persistence.send(id, message);
    checkTaken(event, receipt);
    return receipt == Message.Receipt.STORED;
  }

  private void checkTaken(String event, Message.Receipt receipt) {
    if (receipt == Message.Receipt.FINAL) {
      throw new FlowForgeException(
          "FF-SIGNAL-FINAL",
          "execution " + id + " has ended and takes no signal \"" + event + "\"");
    }
  }

  @Override
  public ExecutionSnapshot snapshot() {
    return persistence.view(id).snapshot();
  }

  @Override
  public EventStream events() {
    return persistence.eventsOf(id);
  }

  @Override
  public Explanation explain(String node) {
    return persistence.view(id).explain(node);
  }

  @Override
  public String toString() {
    return flow.id() + "/" + id;
  }
}
