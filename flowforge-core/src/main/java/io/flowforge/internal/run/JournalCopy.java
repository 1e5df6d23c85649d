package io.flowforge.internal.run;

import io.flowforge.execution.Json;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The journal of an execution that begins where another one stood: the pages of that one without
 * the entries of those nodes that are to run again.
 */
public final class JournalCopy {
  private static final Set<String> OF_NODES =
      Set.of("begin", "retry", "end", "round", "over", "broke", "var", "took");

  private final Plan plan;
  private final List<Map<?, ?>> entries;

  /** Reads the journal to copy. */
  public JournalCopy(Plan plan, List<String> pages) {
    this.plan = plan;
    this.entries = JournalEntries.of(pages);
  }

  /**
   * The nodes that a retry runs again: those that failed, were stopped or undone, and what follows.
   */
  public Set<String> unfinished() {
    Set<String> again = new HashSet<>();
    for (Map<?, ?> entry : entries) {
      String path = entry.get("end") instanceof String text ? text : "";
      boolean top = !path.isEmpty() && top(path).equals(path);
      if (top && !isDone(entry)) {
        again.add(path);
      }
      if (entry.get("over") instanceof String prefix && !prefix.contains("[")) {
        again.add(top(prefix));
      }
    }
    return withFollowers(again);
  }

  private static boolean isDone(Map<?, ?> end) {
    String status = String.valueOf(end.get("s"));
    return status.equals(NodeStatus.COMPLETED.name())
        || status.equals(NodeStatus.SKIPPED.name())
        || status.equals(NodeStatus.FAILED.name()) && end.containsKey("port");
  }

  /** A node and all that come after it; empty when there is no such node. */
  public Set<String> from(String nodeId) {
    return plan.indexOf(nodeId) < 0 ? Set.of() : withFollowers(Set.of(nodeId));
  }

  private Set<String> withFollowers(Set<String> ids) {
    Set<String> all = new HashSet<>(ids);
    ArrayDeque<String> todo = new ArrayDeque<>(ids);
    while (!todo.isEmpty()) {
      int n = plan.indexOf(todo.poll());
      for (int k = plan.outStart[n]; k < plan.outStart[n + 1]; k++) {
        String follower = plan.nodes[plan.target[k]].id;
        if (all.add(follower)) {
          todo.add(follower);
        }
      }
    }
    return all;
  }

  /** The first page of an execution that runs these nodes again, with other variables on top. */
  public String page(Set<String> again, Map<String, Object> variables, String nonce) {
    List<Map<?, ?>> kept = new ArrayList<>();
    kept.add(Map.of("new", nonce));
    for (Map<?, ?> entry : entries) {
      String kind = JournalEntries.kind(entry);
      boolean ofNode = OF_NODES.contains(kind) && !again.contains(top(owner(entry, kind)));
      if (ofNode || kind.equals("open") || kind.equals("signal")) {
        kept.add(entry);
      }
    }
    variables.forEach(
        (name, value) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("var", name);
          entry.put("is", value);
          entry.put("by", "");
          kept.add(entry);
        });
    return Json.write(kept);
  }

  private static String owner(Map<?, ?> entry, String kind) {
    boolean named = kind.equals("var") || kind.equals("took");
    return String.valueOf(entry.get(named ? "by" : kind));
  }

  /** The node of the flow itself that a node run belongs to. */
  private static String top(String path) {
    int end = path.length();
    for (char mark : new char[] {'[', '/'}) {
      int at = path.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return path.substring(0, end);
  }
}
