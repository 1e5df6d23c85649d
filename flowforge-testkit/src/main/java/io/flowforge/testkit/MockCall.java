package io.flowforge.testkit;

import io.flowforge.spi.ActionContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a node that {@link MockNodes} saw.
 *
 * @param executionId the execution
 * @param path address of the node run
 * @param nodeId id of the node
 * @param nodeType canonical node type
 * @param attempt which attempt, from 1
 * @param input what came in
 * @param inputs the flow's inputs
 * @param idempotencyKey the same for every attempt of the node run
 */
public record MockCall(
    String executionId,
    String path,
    String nodeId,
    String nodeType,
    int attempt,
    @Nullable Object input,
    Map<String, Object> inputs,
    String idempotencyKey) {

  static MockCall of(ActionContext context) {
    return new MockCall(
        context.executionId(),
        context.path(),
        context.nodeId(),
        context.nodeType(),
        context.attempt(),
        context.input(),
        context.inputs(),
        context.idempotencyKey());
  }
}
