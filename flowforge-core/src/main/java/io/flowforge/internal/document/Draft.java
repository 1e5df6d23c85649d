package io.flowforge.internal.document;

import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import org.jspecify.annotations.Nullable;

/** A node while its graph is being put together: it may still be given a body. */
final class Draft {
  private final Fields fields;
  private final Node node;
  private @Nullable String parent;
  private Flow.@Nullable Builder children;

  Draft(Fields fields, Node node, @Nullable String parent) {
    this.fields = fields;
    this.node = node;
    this.parent = parent;
  }

  Fields fields() {
    return fields;
  }

  String id() {
    return node.id();
  }

  boolean isLoop() {
    return Keys.LOOPS.contains(node.type());
  }

  @Nullable String parent() {
    return parent;
  }

  void forgetParent() {
    parent = null;
  }

  boolean hasBody() {
    return node.body().isPresent();
  }

  /** The body made of the nodes that name this one as their parent. */
  Flow.Builder children() {
    if (children == null) {
      children = Flow.body().at(fields.pointer().toString());
    }
    return children;
  }

  Node node() {
    return children == null ? node : node.toBuilder().body(children.build()).build();
  }
}
