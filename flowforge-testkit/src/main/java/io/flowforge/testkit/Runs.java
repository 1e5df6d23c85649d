package io.flowforge.testkit;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import java.time.Duration;

/** Runs in a few words, for messages. */
final class Runs {
  private Runs() {}

  static String name(ExecutionSnapshot execution) {
    return execution.id() + " of \"" + execution.flow().id() + "\"";
  }

  static String line(NodeSnapshot node) {
    StringBuilder line = new StringBuilder(node.status().name());
    if (node.attempts() > 1) {
      line.append(", ").append(node.attempts()).append(" attempts");
    }
    if (node.startedAt() != null && node.finishedAt() != null) {
      line.append(", took ").append(Duration.between(node.startedAt(), node.finishedAt()));
    }
    if (node.error() != null) {
      line.append(", ").append(node.error().code()).append(": ").append(node.error().message());
    }
    if (node.reason() != null) {
      line.append(" (").append(node.reason()).append(')');
    }
    return line.toString();
  }
}
