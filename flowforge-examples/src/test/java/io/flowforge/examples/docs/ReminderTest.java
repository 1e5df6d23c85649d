package io.flowforge.examples.docs;

import static io.flowforge.testkit.FlowAssertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.FlowForgeTest;
import io.flowforge.testkit.MockNodes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@FlowForgeTest
class ReminderTest {
  @Test
  void reminds_after_three_days_and_tries_again_when_the_server_is_busy(
      FlowForge forge, MockNodes mocks) {
    Flow flow =
        Flow.parse(
            """
            id: reminder
            nodes:
              pause: {type: wait, config: {duration: 3d}}
              mail:
                type: http
                dependsOn: [pause]
                config: {method: POST, url: "https://mail.example.com/send"}
                retry: {strategy: fixed, delay: 1h, jitter: none}
            """);
    mocks.node("mail").failsForNow("BUSY", "try again").returns(Map.of("sent", true));

    assertThat(forge.start(flow, Map.of()).await(Duration.ofSeconds(30)))
        .isCompleted()
        .ranBefore("pause", "mail")
        .node("mail")
        .ranTimes(2)
        .hasOutput(Map.of("sent", true));
  }
}
