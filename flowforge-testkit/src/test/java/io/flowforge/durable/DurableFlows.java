package io.flowforge.durable;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.flow.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flows of every shape, whose effects depend on nothing but their inputs. */
final class DurableFlows {
  private static final String CHILD =
      """
      {"id": "child", "nodes": [
        {"id": "x", "type": "effect", "config": {"value": "${inputs.n}"}},
        {"id": "w", "type": "wait", "config": {"duration": "2s"}},
        {"id": "y", "type": "effect", "config": {"value": "${x.output.did}"}}],
       "edges": [{"from": "x", "to": "w"}, {"from": "w", "to": "y"}],
       "outputs": {"y": "${y.output.did}"}}
      """;

  /** All of them. */
  static List<Named> all() {
    return List.of(
        flow(
            "chain",
            """
                {"nodes": [
                  {"id": "a", "type": "effect", "config": {"value": "${inputs.n}"}},
                  {"id": "b", "type": "set", "config": {"values": {"v": "${a.output.did + 1}"}}},
                  {"id": "c", "type": "effect", "config": {"value": "${b.output.v}"}},
                  {"id": "d", "type": "effect", "config": {"value": "${now()}"}}],
                 "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "d"}],
                 "outputs": {"c": "${c.output}"}}
                """),
        flow(
            "fan",
            """
                {"variables": {"sum": 0}, "nodes": [
                  {"id": "s", "type": "effect", "config": {"value": 1}},
                  {"id": "a", "type": "effect", "config": {"value": "${s.output.did + 1}"}},
                  {"id": "b", "type": "effect", "config": {"value": "${s.output.did + 2}"}},
                  {"id": "va", "type": "variable", "config": {"operation": "increment", "name": "sum", "value": "${a.output.did}"}},
                  {"id": "vb", "type": "variable", "config": {"operation": "increment", "name": "sum", "value": "${b.output.did}"}},
                  {"id": "j", "type": "merge"},
                  {"id": "e", "type": "effect", "config": {"value": "${vars.sum}"}}],
                 "edges": [{"from": "s", "to": "a"}, {"from": "s", "to": "b"}, {"from": "a", "to": "va"},
                   {"from": "b", "to": "vb"}, {"from": "va", "to": "j"}, {"from": "vb", "to": "j"}, {"from": "j", "to": "e"}],
                 "outputs": {"sum": "${vars.sum}", "e": "${e.output.did}"}}
                """),
        flow(
            "loop",
            """
                {"nodes": [
                  {"id": "each", "type": "loop", "config": {"items": [10, 20, 30, 40], "concurrency": 2, "body": {
                    "nodes": [{"id": "p", "type": "effect", "config": {"value": "${item}"}},
                              {"id": "q", "type": "effect", "config": {"value": "${p.output.did + index}"}}],
                    "edges": [{"from": "p", "to": "q"}], "outputs": {"q": "${q.output.did}"}}}},
                  {"id": "z", "type": "effect", "config": {"value": "${each.output.results}"}}],
                 "edges": [{"from": "each", "to": "z"}], "outputs": {"r": "${each.output.results}"}}
                """),
        flow(
            "while",
            """
                {"variables": {"n": 0}, "nodes": [
                  {"id": "w", "type": "while", "config": {"condition": "vars.n < 3", "maxIterations": 9, "body": {
                    "nodes": [{"id": "p", "type": "effect", "config": {"value": "${vars.n}"}},
                              {"id": "i", "type": "variable", "config": {"operation": "increment", "name": "n"}}],
                    "edges": [{"from": "p", "to": "i"}], "outputs": {"p": "${p.output.did}"}}}}],
                 "edges": [], "outputs": {"n": "${vars.n}", "last": "${w.output.last}"}}
                """),
        flow(
            "subflow",
            """
                {"nodes": [
                  {"id": "s", "type": "subflow", "config": {"flow": "child", "inputs": {"n": 7}}},
                  {"id": "t", "type": "effect", "config": {"value": "${s.output.y}"}}],
                 "edges": [{"from": "s", "to": "t"}], "outputs": {"t": "${t.output.did}"}}
                """),
        flow(
            "wait",
            """
                {"nodes": [
                  {"id": "a", "type": "effect", "config": {"value": 1}},
                  {"id": "w", "type": "wait", "config": {"duration": "10s"}},
                  {"id": "long", "type": "wait", "config": {"duration": "3h"}},
                  {"id": "b", "type": "effect", "config": {"value": 2}}],
                 "edges": [{"from": "a", "to": "w"}, {"from": "w", "to": "long"}, {"from": "long", "to": "b"}],
                 "outputs": {"b": "${b.output.did}"}}
                """),
        flow(
            "retry",
            """
                {"nodes": [
                  {"id": "a", "type": "effect", "config": {"value": 1, "fails": 2},
                   "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 4}},
                  {"id": "b", "type": "effect", "config": {"value": 2, "fails": 9}, "onError": "continue", "fallback": {"did": "fallback"},
                   "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 2}},
                  {"id": "c", "type": "effect", "config": {"value": "${b.output.did}"}}],
                 "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {"c": "${c.output.did}"}}
                """),
        flow(
            "compensation",
            """
                {"nodes": [
                  {"id": "a", "type": "effect", "config": {"value": 1}, "compensate": {"type": "effect", "config": {"value": "${'undo ' + string(a.output.did)}"}}},
                  {"id": "b", "type": "effect", "config": {"value": 2}, "compensate": {"type": "effect", "config": {"value": "undo b"}}},
                  {"id": "c", "type": "effect", "config": {"value": 3, "fails": 9}}],
                 "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {}}
                """),
        flow(
            "branches",
            """
                {"nodes": [
                  {"id": "a", "type": "effect", "config": {"value": 5}},
                  {"id": "if", "type": "conditional", "config": {"condition": "a.output.did > 3"}},
                  {"id": "yes", "type": "effect", "config": {"value": "yes"}},
                  {"id": "no", "type": "effect", "config": {"value": "no"}},
                  {"id": "off", "type": "effect", "disabled": true, "config": {"value": "off"}},
                  {"id": "m", "type": "merge", "join": "any"},
                  {"id": "bad", "type": "effect", "config": {"value": "bad", "fails": 9}},
                  {"id": "handled", "type": "effect", "config": {"value": "${error.code}"}},
                  {"id": "end", "type": "effect", "config": {"value": "end"}}],
                 "edges": [{"from": "a", "to": "if"}, {"from": "if", "to": "yes", "port": "true"}, {"from": "if", "to": "no", "port": "false"},
                   {"from": "a", "to": "off", "condition": "a.output.did == 5"}, {"from": "yes", "to": "m"}, {"from": "no", "to": "m"}, {"from": "off", "to": "m"},
                   {"from": "m", "to": "bad"}, {"from": "bad", "to": "handled", "port": "error"}, {"from": "bad", "to": "end"}, {"from": "handled", "to": "end"}],
                 "outputs": {"end": "${end.output.did}", "handled": "${handled.output.did}"}}
                """));
  }

  /** A flow with a name. */
  record Named(String name, Flow flow) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Named flow(String name, String rest) {
    return new Named(name, Flow.parse("{\"id\": \"" + name + "\"," + rest.strip().substring(1)));
  }

  private DurableFlows() {}

  /** The flow that one of them runs as a sub-flow. */
  static Flow child() {
    return Flow.parse(CHILD);
  }

  /** What must not depend on crashes. */
  static List<Object> state(ExecutionSnapshot snapshot) {
    List<Object> state = new ArrayList<>();
    state.add(snapshot.status());
    state.add(snapshot.outputs());
    state.add(snapshot.variables());
    for (NodeSnapshot node : snapshot.nodes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("path", node.path());
      one.put("status", node.status());
      one.put("port", node.port());
      one.put("attempts", node.attempts());
      one.put("error", node.error() == null ? null : node.error().code());
      if (!node.path().equals("d") && !node.type().equals("wait")) {
        one.put("output", node.output());
      }
      state.add(one);
    }
    return state;
  }
}
