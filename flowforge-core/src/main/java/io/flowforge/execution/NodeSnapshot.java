package io.flowforge.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One node run at one moment.
 *
 * @param path address, such as {@code charge} or {@code each[3]/charge}
 * @param nodeId id within its graph
 * @param type canonical node type
 * @param status where it stands
 * @param port the port it left through; null before
 * @param output its output; null before, and when it has none
 * @param error why it failed, also beside a fallback; null when it did not
 * @param attempts tries made
 * @param startedAt when its first attempt began; null before
 * @param finishedAt when it was over; null before
 * @param reason why it was skipped or waits; null otherwise
 */
public record NodeSnapshot(
    String path,
    String nodeId,
    String type,
    NodeStatus status,
    @Nullable String port,
    @Nullable Object output,
    @Nullable ExecutionError error,
    int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String reason) {}
