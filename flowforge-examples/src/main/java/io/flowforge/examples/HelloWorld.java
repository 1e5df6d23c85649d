package io.flowforge.examples;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;

/** The shortest program: a flow made in code, run in memory, and one of its values explained. */
public final class HelloWorld {
  /** Prints what the flow returns, and where the text that it shouts came from. */
  public static void main(String[] args) {
    Flow flow =
        Flow.builder("hello")
            .node("greet", "set", n -> n.config("values", Map.of("text", "Hello, ${inputs.name}!")))
            .node("shout", "echo", n -> n.config("text", "${greet.output.text.upper()}"))
            .edge("greet", "shout")
            .output("loud", "${shout.output.text}")
            .build();
    try (FlowForge forge = FlowForge.create()) {
      Execution execution = forge.start(flow, Map.of("name", "Ada"));
      System.out.println(execution.await(Duration.ofSeconds(10)).orThrow());
      System.out.println(execution.explain("shout").sources());
    }
  }
}
