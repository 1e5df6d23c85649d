package io.flowforge.examples.plugin;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;

/** A host that never names the plugin's class: the engine finds node type slug by itself. */
public final class SlugDemo {
  private SlugDemo() {}

  /** Prints a text made fit for an address. */
  public static void main(String[] args) {
    System.out.println(slug("Hello, Module World"));
  }

  static String slug(String title) {
    Flow flow =
        Flow.builder("address")
            .node("slug", "slug", n -> n.config("text", "${inputs.title}"))
            .output("address", "${slug.output}")
            .build();
    try (FlowForge forge = FlowForge.create()) {
      Map<String, Object> outputs =
          forge.start(flow, Map.of("title", title)).await(Duration.ofSeconds(10)).orThrow();
      return String.valueOf(outputs.get("address"));
    }
  }
}
