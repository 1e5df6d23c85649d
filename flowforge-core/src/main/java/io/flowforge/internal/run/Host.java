package io.flowforge.internal.run;

import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Secret;
import io.flowforge.internal.control.SubflowConfig;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.TimeSource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run needs of the engine that owns it. */
public interface Host {
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

  Secret credential(String name);

  Map<String, Secret> credentials();

  /** An error without the texts of credentials in it. */
  ExecutionError redacted(ExecutionError error);

  <T> @Nullable T service(Class<T> type);

  @Nullable ErrorHandler errorHandler(String code);

  long nodeTimeoutMicros();

  long cancelGraceMicros();

  /** Gates that are shared by all runs of the engine. */
  Gates gates();

  EventBus events();

  ResultCache cache();

  /** Starts the execution of a sub-flow node. */
  Run startChild(
      Run parent, PlanNode node, String path, SubflowConfig config, Start.EndListener told);

  /** Starts the flow that a failed run names for it. */
  void startErrorFlow(Run failed, String flowId, ExecutionError error);

  /** Told once, when a run has its final status. */
  void ended(Run run);

  /** Told when a run came to the end of what it can do by itself for now. */
  void rested(Run run);

  /** A result that came too late or for a stopped attempt; dropped. */
  void discarded(String executionId, String path);

  /** Something that is nobody's failure but needs a look. */
  void complain(String what, @Nullable Throwable cause);
}
