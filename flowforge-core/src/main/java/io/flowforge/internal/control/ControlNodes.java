package io.flowforge.internal.control;

import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainList;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.expression.ValueOperations;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Default;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Output;
import io.flowforge.spi.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The node types that are part of the engine. */
public final class ControlNodes {
  private static final PlainKeys RESULT = PlainKeys.of("result");
  private static final PlainKeys SWITCHED = PlainKeys.of("port", "value");
  private static final Output TRUE = Output.on("true", PlainMap.of(RESULT, true));
  private static final Output FALSE = Output.on("false", PlainMap.of(RESULT, false));

  private ControlNodes() {}

  /** One action for each type; those that wait or have a body are carried out by the run itself. */
  public static List<Action<?>> all() {
    return List.of(
        new Input(),
        new OutputNode(),
        new Conditional(),
        new Switch(),
        new Set(),
        new Variable(),
        new Merge(),
        new EmitEvent(),
        new Echo(),
        new Log(),
        new Fail(),
        CarriedOut.of(
            ActionDescriptor.<LoopConfig>of("loop", LoopConfig.class)
                .aliases("for-each", "foreach")
                .title("Loop")
                .description("Runs its body once for each item, so many at a time.")
                .example(Map.of("items", List.of(1, 2, 3)))),
        CarriedOut.of(
            ActionDescriptor.<WhileConfig>of("while", WhileConfig.class)
                .title("While")
                .description("Runs its body while a condition holds.")
                .example(Map.of("condition", "index < 3", "maxIterations", 10))),
        CarriedOut.of(
            ActionDescriptor.<SubflowConfig>of("subflow", SubflowConfig.class)
                .aliases("execute-workflow", "sub-flow", "sub-workflow")
                .title("Sub-flow")
                .description("Runs another flow.")
                .example(Map.of("flow", "invoice", "inputs", Map.of("number", 7)))),
        CarriedOut.of(
            ActionDescriptor.<WaitConfig>of("wait", WaitConfig.class)
                .aliases("delay")
                .title("Wait")
                .description("Waits for a duration or until an instant, without a thread.")
                .example(Map.of("duration", "10ms"))),
        CarriedOut.of(
            ActionDescriptor.<EventConfig>of("wait-for-event", EventConfig.class)
                .ports("main", "timeout")
                .title("Wait for event")
                .description("Waits for an event with the same name and correlation.")
                .example(Map.of("event", "paid", "correlation", "order-7", "timeout", "10ms"))),
        CarriedOut.of(
            ActionDescriptor.<AnswerConfig>of("user-input", AnswerConfig.class)
                .aliases("approval")
                .ports("main", "timeout")
                .title("User input")
                .description("Waits for a person's answer.")
                .example(Map.of("prompt", "Approve?", "timeout", "10ms", "default", false))));
  }

  /** A type without behaviour of its own. */
  private record CarriedOut<C>(ActionDescriptor<C> descriptor) implements Action<C> {
    static <C> CarriedOut<C> of(ActionDescriptor<C> descriptor) {
      return new CarriedOut<>(descriptor.category("control").nonBlocking());
    }

    @Override
    public @Nullable Object run(C config, ActionContext context) {
      throw new IllegalStateException(descriptor.type() + " is carried out by the run");
    }
  }

  private static <C> ActionDescriptor<C> control(String type, Class<? super C> config) {
    return ActionDescriptor.<C>of(type, config).category("control").pure();
  }

  private static ControlContext control(ActionContext context) {
    return (ControlContext) context;
  }

  /** Gives the flow's inputs. */
  private static final class Input implements Action<Map<String, Object>> {
    @Override
    public ActionDescriptor<Map<String, Object>> descriptor() {
      return ControlNodes.<Map<String, Object>>control("input", Map.class)
          .title("Input")
          .description("Gives the flow's inputs.")
          .example(Map.of());
    }

    @Override
    public Object run(Map<String, Object> config, ActionContext context) {
      return context.inputs();
    }
  }

  /** Declares a result. */
  private static final class OutputNode implements Action<OutputNode.Config> {
    record Config(
        @Doc("The value to return.") @Nullable Object output,
        @Doc("The same under another key.") @Nullable Object value,
        @Doc("Key of the value among the outputs; the node's id unless told otherwise.")
            @Nullable String name) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ControlNodes.<Config>control("output", Config.class)
          .title("Output")
          .description("Declares a value that the execution returns; its input when none is given.")
          .example(Map.of("output", 42, "name", "answer"));
    }

    @Override
    public @Nullable Object run(Config config, ActionContext context) {
      if (config.output != null) {
        return config.output;
      }
      return config.value != null ? config.value : context.input();
    }
  }

  /** Chooses port true or false. */
  private static final class Conditional implements Action<ConditionalConfig> {
    @Override
    public ActionDescriptor<ConditionalConfig> descriptor() {
      return ControlNodes.<ConditionalConfig>control("conditional", ConditionalConfig.class)
          .aliases("if", "condition")
          .ports("true", "false")
          .title("Conditional")
          .description("Goes on through port true or false.")
          .example(Map.of("condition", "1 < 2"));
    }

    @Override
    public Object run(ConditionalConfig config, ActionContext context) {
      return config.condition().test() ? TRUE : FALSE;
    }
  }

  /** Chooses one of many ports. */
  private static final class Switch implements Action<SwitchConfig> {
    @Override
    public ActionDescriptor<SwitchConfig> descriptor() {
      return ControlNodes.<SwitchConfig>control("switch", SwitchConfig.class)
          .ports("default")
          .title("Switch")
          .description("Goes on through the port of the first case that fits.")
          .example(Map.of("value", 2, "cases", List.of(Map.of("equals", 1, "port", "default"))));
    }

    @Override
    public Object run(SwitchConfig config, ActionContext context) {
      for (SwitchConfig.Case one : config.cases()) {
        boolean fits =
            one.when() != null
                ? one.when().test()
                : ValueOperations.equal(config.value(), one.equals());
        if (fits) {
          return through(one.port(), config.value());
        }
      }
      return through(config.otherwise(), config.value());
    }

    private static Output through(String port, @Nullable Object value) {
      return Output.on(port, PlainMap.of(SWITCHED, port, value));
    }
  }

  /** Gives values. */
  private static final class Set implements Action<Set.Config> {
    record Config(@Doc("The values to give.") Map<String, Object> values) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ControlNodes.<Config>control("set", Config.class)
          .title("Set")
          .description("Gives the values of its config.")
          .example(Map.of("values", Map.of("text", "hello")));
    }

    @Override
    public Object run(Config config, ActionContext context) {
      return config.values;
    }
  }

  /** Changes a variable; one at a time, so parallel branches do not lose updates. */
  private static final class Variable implements Action<Variable.Config> {
    enum Operation {
      SET,
      APPEND,
      INCREMENT,
      MERGE
    }

    record Config(
        @Doc("What to do.") @Default("set") Operation operation,
        @Doc("Name of the variable.") @Range(min = 1, max = 255) String name,
        @Doc("The value; 1 for increment unless told otherwise.") @Nullable Object value) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("variable", Config.class)
          .category("control")
          .nonBlocking()
          .title("Variable")
          .description("Sets, appends to, increments or merges a variable of the execution.")
          .example(Map.of("operation", "increment", "name", "count"));
    }

    @Override
    public @Nullable Object run(Config config, ActionContext context) {
      Object before = context.vars().get(config.name);
      Object after =
          switch (config.operation) {
            case SET -> config.value;
            case APPEND -> VariableChange.append(config.name, before, config.value);
            case INCREMENT -> VariableChange.increment(config.name, before, config.value);
            case MERGE -> VariableChange.merge(config.name, before, config.value);
          };
      control(context).variable(config.name, after);
      return after;
    }
  }

  /** Joins what its predecessors gave. */
  private static final class Merge implements Action<Merge.Config> {
    enum Mode {
      MAP,
      LIST,
      FIRST
    }

    record Config(@Doc("How to join.") @Default("map") Mode mode) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ControlNodes.<Config>control("merge", Config.class)
          .title("Merge")
          .description(
              "Joins the outputs of its predecessors as a map, a list, or takes the first.")
          .example(Map.of("mode", "list"));
    }

    @Override
    public @Nullable Object run(Config config, ActionContext context) {
      List<ControlContext.Passed> passed = control(context).predecessors();
      if (config.mode == Mode.FIRST) {
        return passed.isEmpty() ? null : passed.get(0).value();
      }
      if (config.mode == Mode.LIST) {
        List<Object> values = new ArrayList<>();
        passed.forEach(one -> values.add(one.value()));
        return PlainList.copyOf(values);
      }
      Map<String, Object> values = new LinkedHashMap<>();
      passed.forEach(one -> values.put(one.node(), one.value()));
      return PlainMap.copyOf(values);
    }
  }

  /** Brings an event to the nodes that wait for it. */
  private static final class EmitEvent implements Action<EmitEvent.Config> {
    private static final PlainKeys DELIVERED = PlainKeys.of("delivered");

    record Config(
        @Doc("Name of the event.") @Range(min = 1, max = 255) String event,
        @Doc("What it carries.") @Nullable Object payload,
        @Doc("What waits must name as well.") @Nullable Object correlation) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("emit-event", Config.class)
          .category("control")
          .nonBlocking()
          .title("Emit event")
          .description("Sends an event to the nodes that wait for it, now or later.")
          .example(Map.of("event", "paid", "correlation", "order-7"));
    }

    @Override
    public Object run(Config config, ActionContext context) {
      CompletableFuture<Integer> delivered =
          control(context)
              .publish(config.event, Correlation.text(config.correlation), config.payload)
              .toCompletableFuture();
      return delivered.isDone()
          ? PlainMap.of(DELIVERED, delivered.join())
          : delivered.thenApply(woken -> PlainMap.of(DELIVERED, woken));
    }
  }

  /** Gives its config, or its input. */
  private static final class Echo implements Action<Map<String, Object>> {
    @Override
    public ActionDescriptor<Map<String, Object>> descriptor() {
      return ControlNodes.<Map<String, Object>>control("echo", Map.class)
          .aliases("noop", "no-op")
          .title("Echo")
          .description("Gives its config, or its input when it has none.")
          .example(Map.of("text", "hello"));
    }

    @Override
    public @Nullable Object run(Map<String, Object> config, ActionContext context) {
      return config.isEmpty() ? context.input() : config;
    }
  }

  /** Writes a line to the log. */
  private static final class Log implements Action<Log.Config> {
    private static final int LONGEST = 4096;

    enum Level {
      TRACE,
      DEBUG,
      INFO,
      WARN,
      ERROR
    }

    record Config(
        @Doc("The line.") @Nullable Object message,
        @Doc("Its level.") @Default("info") Level level) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("log", Config.class)
          .category("control")
          .nonBlocking()
          .title("Log")
          .description("Writes a line to the log and passes its input on.")
          .example(Map.of("message", "hello"));
    }

    @Override
    public @Nullable Object run(Config config, ActionContext context) {
      String line =
          io.flowforge.internal.text.Shown.escaped(
              Objects.toString(config.message, "null"), LONGEST);
      context
          .log()
          .atLevel(org.slf4j.event.Level.valueOf(config.level.name().toUpperCase(Locale.ROOT)))
          .log("{} {}: {}", context.executionId(), context.path(), line);
      return context.input();
    }
  }

  /** Fails. */
  private static final class Fail implements Action<Fail.Config> {
    record Config(
        @Doc("Why.") @Default("stopped by a fail node") String message,
        @Doc("The error's code.") @Default("FF-FAIL") @Range(min = 1, max = 128) String code) {}

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ControlNodes.<Config>control("fail", Config.class)
          .aliases("stop", "stop-and-error")
          .title("Fail")
          .description("Fails with a message and a code.")
          .example(Map.of("message", "out of stock", "code", "STOCK"));
    }

    @Override
    public Object run(Config config, ActionContext context) {
      throw ActionException.transientFailure(config.code, config.message);
    }
  }
}
