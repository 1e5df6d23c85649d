package io.flowforge.internal.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loggers of node runs, one per type. */
final class NodeLogger {
  private NodeLogger() {}

  static Logger of(NodeCall call) {
    return LoggerFactory.getLogger("io.flowforge.node." + call.planned().type);
  }
}
