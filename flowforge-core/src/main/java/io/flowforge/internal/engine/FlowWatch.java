package io.flowforge.internal.engine;

import io.flowforge.FlowStatus;
import io.flowforge.internal.plan.NodeKind;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The triggers of one version of an active flow. */
final class FlowWatch {
  private final TriggerHost triggers;
  private final String key;
  private final Plan plan;
  private final List<NodeWatch> nodes = new ArrayList<>();

  FlowWatch(TriggerHost triggers, String key, Plan plan) {
    this.triggers = triggers;
    this.key = key;
    this.plan = plan;
    for (PlanNode node : watched(triggers.plans(), plan)) {
      Trigger<Object> trigger = triggers.plans().trigger(node.type);
      if (trigger != null) {
        nodes.add(new NodeWatch(triggers, this, node, trigger));
      }
    }
  }

  /** The nodes of a flow whose triggers run when it is active. */
  static List<PlanNode> watched(Plans plans, Plan plan) {
    List<PlanNode> found = new ArrayList<>();
    for (PlanNode node : plan.nodes) {
      if (node.kind == NodeKind.TRIGGER
          && !node.node.disabled()
          && plans.trigger(node.type) != null) {
        found.add(node);
      }
    }
    return found;
  }

  void begin() {
    nodes.forEach(NodeWatch::begin);
  }

  void close() {
    nodes.forEach(NodeWatch::close);
  }

  String key() {
    return key;
  }

  String tenant() {
    return key.substring(0, key.indexOf('/'));
  }

  String id() {
    return plan.flow.id();
  }

  Plan plan() {
    return plan;
  }

  boolean isOf(String hash) {
    return plan.flow.contentHash().equals(hash);
  }

  /** What the flow may be used for, as known at most a second ago. */
  @Nullable FlowStatus statusNow() {
    FlowHead head = triggers.book().recent(key);
    return head == null ? null : head.status();
  }

  int running() {
    return (int) nodes.stream().filter(NodeWatch::isRunning).count();
  }

  void complain(List<String> complaints) {
    for (NodeWatch node : nodes) {
      String complaint = node.complaint();
      if (complaint != null) {
        complaints.add(complaint);
      }
    }
  }
}
