package io.flowforge.examples;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;

/** The shortest program: a flow made in code, run in memory. */
public final class HelloWorld {
  private HelloWorld() {}

  /** Greets whom the first argument names. */
  public static void main(String[] args) {
    System.out.println(greet(args.length == 0 ? "world" : args[0]));
  }

  static Map<String, Object> greet(String name) {
    Flow flow =
        Flow.builder("hello")
            .node("greet", "set", n -> n.config("values", Map.of("text", "Hello, ${inputs.name}!")))
            .node("shout", "echo", n -> n.config("text", "${greet.output.text.upper()}"))
            .edge("greet", "shout")
            .output("loud", "${shout.output.text}")
            .build();
    try (FlowForge forge = FlowForge.create()) {
      ExecutionResult result =
          forge.start(flow, Map.of("name", name)).await(Duration.ofSeconds(10));
      return result.orThrow();
    }
  }
}
