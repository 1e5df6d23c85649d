package io.flowforge.examples;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Orders with approval by a person, retries, and compensation when a later step fails; {@code
 * flows/order.yaml}.
 */
public final class OrderFulfilment implements AutoCloseable {
  private final FlowForge forge;
  private final Flow flow;
  private final URI shop;

  /** Prepares to take orders for a shop. */
  public OrderFulfilment(Path folder, URI shop) throws IOException {
    // The stub services stand on this machine, which the HTTP client refuses unless it is told.
    HttpPolicy policy = HttpPolicy.builder().allowPrivateNetworks().build();
    this.forge = FlowForge.builder().service(HttpPolicy.class, policy).build();
    this.flow = Flow.load(folder.resolve("order.yaml"));
    this.shop = shop;
  }

  /** Takes an order; a large one waits for an answer of node {@code approve}. */
  public Execution take(Map<String, Object> order) {
    return forge.start(flow, Map.of("order", order, "shop", shop.toString()));
  }

  @Override
  public void close() {
    forge.close();
  }
}
