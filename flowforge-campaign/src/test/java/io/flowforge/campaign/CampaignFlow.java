package io.flowforge.campaign;

import java.util.List;

/**
 * A flow of the campaign.
 *
 * @param name its id
 * @param client what a client does to its executions, as {@code CrashMain} knows it
 * @param text the flow as JSON
 */
public record CampaignFlow(String name, String client, String text) {
  /** The sub-flow, which is the canary as well. */
  static final String CHILD =
      """
      {"id": "child", "nodes": [
        {"id": "x", "type": "effect", "config": {"value": "${inputs.n}"}},
        {"id": "w", "type": "wait", "config": {"duration": "100ms"}},
        {"id": "y", "type": "effect", "config": {"value": "${x.output.did}"}}],
       "edges": [{"from": "x", "to": "w"}, {"from": "w", "to": "y"}],
       "outputs": {"y": "${y.output.did}"}}
      """;

  /** Effect after effect. */
  static final CampaignFlow CHAIN =
      flow(
          "chain",
          "none",
          """
          {"nodes": [
            {"id": "a", "type": "effect", "config": {"value": "${inputs.n}"}},
            {"id": "b", "type": "set", "config": {"values": {"v": "${a.output.did + 1}"}}},
            {"id": "c", "type": "effect", "config": {"value": "${b.output.v}"}},
            {"id": "d", "type": "effect", "config": {"value": "${now()}"}}],
           "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "d"}],
           "outputs": {"c": "${c.output}"}}
          """);

  /** An effect that lasts until it is let go, and one behind it. */
  static final CampaignFlow HOLD =
      flow(
          "hold",
          "none",
          """
          {"nodes": [
            {"id": "a", "type": "effect", "config": {"value": "${inputs.n}"}},
            {"id": "h", "type": "hold", "config": {"value": "${a.output.did}"}},
            {"id": "z", "type": "effect", "config": {"value": "${h.output.did}"}}],
           "edges": [{"from": "a", "to": "h"}, {"from": "h", "to": "z"}],
           "outputs": {"z": "${z.output.did}"}}
          """);

  /** An effect that no process survives. */
  static final CampaignFlow POISON =
      flow(
          "poison",
          "none",
          """
          {"nodes": [
            {"id": "a", "type": "effect", "config": {"value": "${inputs.n}"}},
            {"id": "k", "type": "effect", "config": {"value": 1, "deadly": "${inputs.n == 0}"}}],
           "edges": [{"from": "a", "to": "k"}], "outputs": {"k": "${k.output.did}"}}
          """);

  /** A wait between two effects. */
  static final CampaignFlow WAITS =
      flow(
          "wait",
          "none",
          """
          {"nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "w", "type": "wait", "config": {"duration": "200ms"}},
            {"id": "b", "type": "effect", "config": {"value": 2}}],
           "edges": [{"from": "a", "to": "w"}, {"from": "w", "to": "b"}],
           "outputs": {"b": "${b.output.did}"}}
          """);

  /** One of them. */
  static CampaignFlow named(String name) {
    return all().stream().filter(flow -> flow.name().equals(name)).findFirst().orElseThrow();
  }

  /** Those that are crashed at every boundary. */
  static List<CampaignFlow> all() {
    return List.of(
        CHAIN,
        flow(
            "fan",
            "none",
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
            "none",
            """
            {"nodes": [
              {"id": "each", "type": "loop", "config": {"items": [10, 20, 30], "concurrency": 1, "body": {
                "nodes": [{"id": "p", "type": "effect", "config": {"value": "${item}"}},
                          {"id": "q", "type": "effect", "config": {"value": "${p.output.did + index}"}}],
                "edges": [{"from": "p", "to": "q"}], "outputs": {"q": "${q.output.did}"}}}},
              {"id": "z", "type": "effect", "config": {"value": "${each.output.results}"}}],
             "edges": [{"from": "each", "to": "z"}], "outputs": {"r": "${each.output.results}"}}
            """),
        flow(
            "while",
            "none",
            """
            {"variables": {"n": 0}, "nodes": [
              {"id": "w", "type": "while", "config": {"condition": "vars.n < 2", "maxIterations": 9, "body": {
                "nodes": [{"id": "p", "type": "effect", "config": {"value": "${vars.n}"}},
                          {"id": "i", "type": "variable", "config": {"operation": "increment", "name": "n"}}],
                "edges": [{"from": "p", "to": "i"}], "outputs": {"p": "${p.output.did}"}}}}],
             "edges": [], "outputs": {"n": "${vars.n}"}}
            """),
        flow(
            "subflow",
            "none",
            """
            {"nodes": [
              {"id": "r", "type": "effect", "config": {"value": 6}},
              {"id": "s", "type": "subflow", "config": {"flow": "child", "inputs": {"n": "${r.output.did + 1}"}}},
              {"id": "t", "type": "effect", "config": {"value": "${s.output.y}"}}],
             "edges": [{"from": "r", "to": "s"}, {"from": "s", "to": "t"}], "outputs": {"t": "${t.output.did}"}}
            """),
        WAITS,
        flow(
            "retry",
            "none",
            """
            {"nodes": [
              {"id": "a", "type": "effect", "config": {"value": 1, "fails": 2},
               "retry": {"strategy": "fixed", "delay": "100ms", "jitter": "none", "maxAttempts": 4}},
              {"id": "b", "type": "effect", "config": {"value": 2, "fails": 9}, "onError": "continue", "fallback": {"did": "fallback"},
               "retry": {"strategy": "fixed", "delay": "100ms", "jitter": "none", "maxAttempts": 2}},
              {"id": "c", "type": "effect", "config": {"value": "${b.output.did}"}}],
             "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {"c": "${c.output.did}"}}
            """),
        flow(
            "compensation",
            "none",
            """
            {"nodes": [
              {"id": "a", "type": "effect", "config": {"value": 1}, "compensate": {"type": "effect", "config": {"value": "${'undo ' + string(a.output.did)}"}}},
              {"id": "b", "type": "effect", "config": {"value": 2}, "compensate": {"type": "effect", "config": {"value": "undo b"}}},
              {"id": "c", "type": "effect", "config": {"value": 3, "fails": 9}}],
             "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {}}
            """),
        event("signal", "signal"),
        event("late", "late-signal"),
        flow(
            "answer",
            "answer",
            """
            {"nodes": [
              {"id": "a", "type": "effect", "config": {"value": 1}},
              {"id": "ask", "type": "user-input", "config": {"prompt": "Well?"}},
              {"id": "b", "type": "effect", "config": {"value": "${ask.output}"}}],
             "edges": [{"from": "a", "to": "ask"}, {"from": "ask", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
            """),
        flow(
            "cancel",
            "cancel",
            """
            {"nodes": [
              {"id": "a", "type": "effect", "config": {"value": 1}, "compensate": {"type": "effect", "config": {"value": "undo a"}}},
              {"id": "w", "type": "wait", "config": {"duration": "1h"}},
              {"id": "b", "type": "effect", "config": {"value": 2}}],
             "edges": [{"from": "a", "to": "w"}, {"from": "w", "to": "b"}], "outputs": {}}
            """));
  }

  private static CampaignFlow event(String name, String client) {
    return flow(
        name,
        client,
        """
        {"nodes": [
          {"id": "a", "type": "effect", "config": {"value": 1}},
          {"id": "w", "type": "wait-for-event", "config": {"event": "go"}},
          {"id": "b", "type": "effect", "config": {"value": "${w.output}"}}],
         "edges": [{"from": "a", "to": "w"}, {"from": "w", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
        """);
  }

  private static CampaignFlow flow(String name, String client, String rest) {
    return new CampaignFlow(name, client, "{\"id\": \"" + name + "\"," + rest.strip().substring(1));
  }

  @Override
  public String toString() {
    return name;
  }
}
