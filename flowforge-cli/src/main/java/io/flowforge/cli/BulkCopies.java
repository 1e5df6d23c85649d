package io.flowforge.cli;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.spi.store.ExecutionQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stays with the copies of many executions until none goes on by itself, and prints them. */
final class BulkCopies {
  private static final Duration LONGEST = Duration.ofDays(36500);

  private final FlowForge forge;
  private final @Nullable Duration timeout;
  private final long began = System.nanoTime();

  BulkCopies(FlowForge forge, @Nullable Duration timeout) {
    this.forge = forge;
    this.timeout = timeout == null || timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
  }

  /** Waits for all that were made. */
  Exit finish(BulkResult made, Console console) throws InterruptedException {
    List<Map<String, Object>> lines = new ArrayList<>();
    Exit worst = Exit.COMPLETED;
    for (BulkResult.Item item : made.items()) {
      ExecutionSnapshot end = end(item.copy());
      lines.add(line(item, end));
      Exit exit = end == null ? Exit.FAILED : Exit.of(end.status());
      worst = exit.compareTo(worst) > 0 ? exit : worst;
    }
    ExecutionQuery next = made.next();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("copies", lines);
    document.put("next", next == null ? null : next.afterId());
    console.document(document);
    return worst;
  }

  /** What became of a copy; null when there is none. */
  private @Nullable ExecutionSnapshot end(@Nullable String copy) throws InterruptedException {
    if (copy == null) {
      return null;
    }
    Execution execution = Stored.execution(forge, copy);
    new Watch(forge, execution, Watch.Until.STUCK, left()).await();
    return execution.snapshot();
  }

  private @Nullable Duration left() {
    if (timeout == null) {
      return null;
    }
    Duration left = timeout.minusNanos(System.nanoTime() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Map<String, Object> line(BulkResult.Item item, @Nullable ExecutionSnapshot end) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("source", item.source());
    line.put("copy", item.copy());
    line.put("created", item.created());
    line.put("status", end == null ? null : end.status().name());
    line.put("error", error(item.error(), end == null ? null : end.error()));
    return line;
  }

  private static @Nullable Object error(
      @Nullable FlowForgeException refused, @Nullable ExecutionError failed) {
    if (refused != null) {
      return Console.error(refused.code(), refused.getMessage()).get("error");
    }
    return failed == null ? null : failed.toValue();
  }
}
