package io.flowforge.cli;

import io.flowforge.FlowEntry;
import io.flowforge.FlowForgeException;
import io.flowforge.FlowRepository;
import io.flowforge.FlowStatus;
import io.flowforge.FlowVersion;
import io.flowforge.execution.Timestamps;
import io.flowforge.flow.Flow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** Flows that a store keeps, as commands name and print them. */
final class StoredFlows {
  private static final int LONGEST_ID = 128;

  private StoredFlows() {}

  /** The id that was given. */
  static String id(ParseResult given) {
    return checkedId(Options.argument(given));
  }

  static String checkedId(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new Refusal(
          "FF-CLI-USAGE",
          "id of a flow must have 1 to " + LONGEST_ID + " characters, had " + id.length());
    }
    return id;
  }

  /**
   * What is known of a flow.
   *
   * @throws FlowForgeException when it is not stored
   */
  static FlowEntry entry(FlowRepository flows, String id) {
    return flows.entry(id).orElseThrow(() -> unknown(id));
  }

  private static FlowForgeException unknown(String id) {
    return new FlowForgeException(
        "FF-FLOW-UNKNOWN",
        "no flow with id \"" + Plain.line(id) + "\" is stored; save it first, or name its tenant");
  }

  /**
   * One version of a flow that is stored.
   *
   * @throws FlowForgeException when it has no such version
   */
  static FlowVersion version(FlowRepository flows, FlowEntry entry, int number) {
    if (number == entry.current().number()) {
      return entry.current();
    }
    List<FlowVersion> found = flows.versions(entry.id(), number - 1, 1);
    if (found.isEmpty()) {
      throw new FlowForgeException(
          "FF-FLOW-VERSION",
          "flow "
              + entry.id()
              + " has no version "
              + number
              + ", it has 1 to "
              + entry.current().number());
    }
    return found.get(0);
  }

  static Flow flow(FlowRepository flows, FlowVersion version) {
    return flows
        .find(version.flowId(), version.number())
        .orElseThrow(() -> unknown(version.flowId()));
  }

  /**
   * A version to run; 0 is the current one.
   *
   * @throws FlowForgeException when there is none, or it takes no starts
   */
  static Flow startable(FlowRepository flows, String id, int number) {
    FlowEntry entry = entry(flows, id);
    if (entry.status() == FlowStatus.DELETED) {
      throw new FlowForgeException(
          "FF-FLOW-DELETED", "flow " + id + " is deleted; restore it and activate it");
    }
    if (entry.status() == FlowStatus.INACTIVE) {
      throw new FlowForgeException(
          "FF-FLOW-INACTIVE",
          "flow " + id + " is deactivated and takes no new starts; activate it");
    }
    return flow(flows, number == 0 ? entry.current() : version(flows, entry, number));
  }

  /** What is printed of a flow. */
  static Map<String, Object> line(FlowEntry entry, FlowVersion version) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("flow", entry.id());
    line.put("tenant", entry.tenant().isEmpty() ? null : entry.tenant());
    line.put("status", entry.status().name());
    line.putAll(line(version));
    line.put("tags", entry.tags());
    line.put("changedAt", Timestamps.text(entry.changedAt()));
    return line;
  }

  /** What is printed of a version. */
  static Map<String, Object> line(FlowVersion version) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("flow", version.flowId());
    line.put("version", version.number());
    line.put("hash", version.hash());
    line.put("savedAt", Timestamps.text(version.savedAt()));
    line.put("by", version.by().isEmpty() ? null : version.by());
    line.put("note", version.note().isEmpty() ? null : version.note());
    return line;
  }
}
