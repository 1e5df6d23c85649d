package io.flowforge.internal.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiled reads of roots, nodes and bound names. */
final class Reads {

  private Reads() {}

  static final class Root extends Code {

    private final int slot;

    Root(int slot) {
      this.slot = slot;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return frame.variables().root(slot);
    }
  }

  /** An entry of a root that is a map. */
  static final class Entry extends Code {

    private final int slot;
    private final String key;

    Entry(int slot, String key) {
      this.slot = slot;
      this.key = key;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return Values.member(frame.variables().root(slot), key);
    }
  }

  static final class Bound extends Code {

    private final int slot;

    Bound(int slot) {
      this.slot = slot;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return frame.bound(slot);
    }
  }

  static final class Output extends Code {

    private final int node;

    Output(int node) {
      this.node = node;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return frame.variables().nodeOutput(node);
    }
  }

  /** Status, error or attempts of a node. */
  static final class Field extends Code {

    private final int node;
    private final NodeField field;

    Field(int node, NodeField field) {
      this.node = node;
      this.field = field;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return field.read(frame.variables(), node);
    }
  }

  /** A node as a value of its own. */
  static final class Node extends Code {

    private final int node;

    Node(int node) {
      this.node = node;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return map(frame.variables(), node);
    }
  }

  /** A node chosen while the expression runs; null if it may not be used here. */
  static final class AnyNode extends Code {

    private final Names names;
    private final Code id;

    AnyNode(Names names, Code id) {
      this.names = names;
      this.id = id;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Variables variables = frame.variables();
      return id.value(frame) instanceof String text
              && names.node(text) instanceof Name.Node node
              && variables.reaches(node.slot())
          ? map(variables, node.slot())
          : null;
    }
  }

  private static Map<String, @Nullable Object> map(Variables variables, int node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (NodeField field : NodeField.values()) {
      map.put(field.word(), field.read(variables, node));
    }
    return Collections.unmodifiableMap(map);
  }
}
