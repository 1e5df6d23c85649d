package io.flowforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.examples.StubServices.Reply;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TripTest {
  @Test
  void joins_three_services_and_goes_on_without_the_one_that_is_down() throws IOException {
    HttpPolicy policy = HttpPolicy.builder().allowPrivateNetworks().build();
    try (StubServices api =
            StubServices.start()
                .on("/weather", body -> new Reply(500, Map.of("error", "storm")))
                .on(
                    "/hotels",
                    body ->
                        Reply.ok(
                            List.of(
                                Map.of("name", "Bear", "price", 90),
                                Map.of("name", "Ritz", "price", 400))))
                .on("/trains", body -> Reply.ok(List.of(Map.of("number", "IC 5"))));
        FlowForge forge = FlowForge.builder().service(HttpPolicy.class, policy).build()) {
      Flow flow = Flow.load(Path.of("flows/trip.yaml"));
      Map<String, Object> inputs = Map.of("city", "Bern", "api", api.base().toString());

      ExecutionResult result = forge.start(flow, inputs).await(Duration.ofSeconds(30));

      assertThat(result.orThrow().get("celsius")).isNull();
      assertThat(result.outputs().get("hotels")).isEqualTo(List.of("Bear"));
      assertThat(result.outputs().get("train")).isEqualTo("IC 5");
    }
  }
}
