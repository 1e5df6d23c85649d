package io.flowforge.examples.plugin;

import static io.flowforge.testkit.FlowAssertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.FlowForgeTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@FlowForgeTest
class SlugActionTest {
  @Test
  void joins_words_with_the_separator(FlowForge forge) {
    Flow flow =
        Flow.builder("address")
            .node("it", "slug", n -> n.config(Map.of("text", "Ready? Go!", "separator", "_")))
            .build();

    assertThat(forge.start(flow, Map.of()).await(Duration.ofSeconds(5)))
        .isCompleted()
        .node("it")
        .hasOutput("ready_go");
  }
}
