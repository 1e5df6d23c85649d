package io.flowforge.internal.run;

import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.internal.blob.Outputs;
import io.flowforge.internal.control.SubflowConfig;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run needs of the engine that owns it. */
public interface Host {
  /** A wait without an end. */
  long NEVER = Long.MAX_VALUE;

  /** Where time and timers come from. */
  TimeSource time();

  /** The same time as a clock. */
  Clock clock();

  /** Runs a step of a state machine soon, off the calling thread where that matters. */
  void dispatch(Runnable step);

  /** Runs a blocking action; refuses with an exception when closed. */
  void execute(Runnable action);

  /** Between 0 inclusive and 1 exclusive. */
  double random();

  String newId();

  /** Whether anyone listens; without, no event is made. */
  boolean listening();

  void publish(FlowEvent event);

  EventStream eventsOf(String executionId);

  List<Interceptor> interceptors();

  /** A credential as an execution of a tenant sees it; may ask a store. */
  Secret credential(String tenant, String name);

  /** What expressions of a tenant's executions see under {@code credentials}. */
  Map<String, Secret> credentials(String tenant);

  /** What becomes of outputs that are too large. */
  Outputs outputs();

  /** An error without the texts of credentials in it. */
  ExecutionError redacted(ExecutionError error);

  /** A text without those of credentials in it. */
  String redacted(String text);

  /** The least level of the lines that are kept with executions. */
  LogLevel logLevel();

  <T> @Nullable T service(Class<T> type);

  @Nullable ErrorHandler errorHandler(String code);

  long nodeTimeoutMicros();

  long cancelGraceMicros();

  /** Gates that are shared by all runs of the engine. */
  Gates gates();

  EventBus events();

  /**
   * Brings an event to all that wait for it; gives how many that were. The id makes it one event.
   */
  CompletionStage<Integer> publish(
      String id, String event, @Nullable String correlation, @Nullable Object payload);

  ResultCache cache();

  /** Starts the execution of a sub-flow node, in an engine with a store once that is written. */
  void startChild(Run parent, PlanNode node, String id, SubflowConfig config, Start.Parent told);

  /**
   * How long a sub-flow node of a run with a store waits before it looks for its flow again, in
   * microseconds; 0 when it may begin, or will learn then why it cannot; {@link #NEVER} when the
   * run is to be parked.
   */
  long flowWaitMicros(Run parent, PlanNode node, SubflowConfig config);

  /** An execution was set off by one that this engine goes on with. */
  void adopt(String id);

  /** Asks for the end of a sub-flow's execution. */
  void cancelChild(Run parent, String id);

  /** Starts the flow that a failed run names for it. */
  void startErrorFlow(Run failed, String flowId, ExecutionError error);

  /** The execution of that flow, for a run whose failure is written together with it. */
  @Nullable NewExecution newErrorFlow(Run failed, String flowId, ExecutionError error);

  /**
   * How long a failed run with a store waits before it looks for that flow again, in microseconds;
   * 0 is not, and {@link #NEVER} that it is to be parked.
   */
  long errorFlowWaitMicros(Run failed, String flowId);

  /** Told once, when a run has its final status. */
  void ended(Run run);

  /** Told when a run in this process is over though its execution is not. */
  void left(Run run);

  /** Writes a page to the store; answers with the result or a failure, on any thread. */
  void commit(Commit commit, BiConsumer<Commit.@Nullable Result, @Nullable Throwable> answered);

  /**
   * Parks an execution of this engine because the store refuses its page for good.
   *
   * @param position of the refused page
   */
  void parkRefused(String id, String worker, long epoch, long position);

  /** Brings a run all its unread messages, on the thread that drives it. */
  void fetchMail(Run run, Consumer<List<ReceivedMessage>> brought);

  /** Whether the engine's lease at the store allows that something with an effect begins. */
  boolean mayAct();

  /** How long a run must be going to wait to be dropped from memory. */
  long leaveAfterMicros();

  /** A result that came too late or for a stopped attempt; dropped. */
  void discarded(String executionId, String path);

  /** Something that is nobody's failure but needs a look. */
  void complain(String what, @Nullable Throwable cause);
}
