package io.flowforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.examples.StubServices.Reply;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFulfilmentTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private StubServices shop;
  private OrderFulfilment orders;

  @BeforeEach
  void open() throws IOException {
    AtomicInteger reservations = new AtomicInteger();
    shop =
        StubServices.start()
            .on(
                "/stock/reserve",
                body ->
                    reservations.incrementAndGet() < 3
                        ? new Reply(503, Map.of("error", "busy"))
                        : Reply.ok(Map.of("reservation", "r-1")))
            .on("/stock/release", body -> Reply.ok(Map.of()))
            .on("/payments", body -> Reply.ok(Map.of("payment", "p-1")))
            .on("/payments/refund", body -> Reply.ok(Map.of()))
            .on("/shipments", body -> Reply.ok(Map.of("parcel", "z-1")));
    orders = new OrderFulfilment(Path.of("flows"), shop.base());
  }

  @AfterEach
  void close() {
    orders.close();
    shop.close();
  }

  private static Map<String, Object> order(int total) {
    return Map.of("id", "o-1", "sku", "lamp", "count", 1, "total", total, "address", "Bath");
  }

  @Test
  void ships_a_small_order_after_retrying_the_busy_stock() {
    ExecutionResult result = orders.take(order(20)).await(LONG);

    assertThat(result.orThrow()).isEqualTo(Map.of("payment", "p-1", "parcel", "z-1"));
    assertThat(result.snapshot().node("reserve").orElseThrow().attempts()).isEqualTo(3);
  }

  @Test
  void ships_a_large_order_once_a_person_approves() {
    Execution execution = orders.take(order(900));
    execution.answer("approve", awaitQuestion(execution, Map.of("approved", true)));

    assertThat(execution.await(LONG).status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(shop.calls()).endsWith("POST /payments", "POST /shipments");
  }

  @Test
  void gives_the_stock_back_when_a_person_refuses() {
    Execution execution = orders.take(order(900));
    execution.answer("approve", awaitQuestion(execution, Map.of("approved", false)));
    ExecutionResult result = execution.await(LONG);

    assertThat(result.error().orElseThrow().code()).isEqualTo("ORDER-REFUSED");
    assertThat(shop.calls()).contains("POST /stock/release").doesNotContain("POST /payments");
    assertThat(result.snapshot().node("reserve").orElseThrow().status())
        .isEqualTo(NodeStatus.COMPENSATED);
  }

  @Test
  void refunds_and_releases_in_reverse_order_when_shipping_fails() {
    shop.on("/shipments", body -> new Reply(422, Map.of("error", "no such address")));

    ExecutionResult result = orders.take(order(20)).await(LONG);

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(shop.calls())
        .endsWith("POST /shipments", "POST /payments/refund", "POST /stock/release");
  }

  /** Waits for the execution to ask, by its events. */
  private static Map<String, Object> awaitQuestion(
      Execution execution, Map<String, Object> answer) {
    long end = System.nanoTime() + LONG.toNanos();
    while (execution.status() != ExecutionStatus.WAITING || !asks(execution)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
    return answer;
  }

  private static boolean asks(Execution execution) {
    return execution.snapshot().node("approve").orElseThrow().status() == NodeStatus.WAITING;
  }
}
