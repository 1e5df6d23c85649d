package io.flowforge.internal.plan;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.flow.Problem;
import io.flowforge.flow.Retry;
import io.flowforge.flow.Timeout;
import io.flowforge.internal.binding.ActionRegistry;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.ExpressionException;
import io.flowforge.internal.expression.ExpressionProblem;
import io.flowforge.internal.expression.Expressions;
import io.flowforge.internal.expression.Names;
import io.flowforge.internal.expression.Reference;
import io.flowforge.internal.expression.Template;
import io.flowforge.internal.text.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Plan} of a flow, or says all that is wrong with it.
 *
 * <p>Recursion follows only the nesting of bodies, which documents bound; within a level everything
 * is a loop over its nodes and edges.
 */
public final class Planner {
  private static final int MOST_PROBLEMS = 100;
  private static final int DEEPEST_BODY = 32;

  private final NodeTypes catalog;
  private final boolean intercepted;
  private final TreeSet<Problem> problems = new TreeSet<>();

  private Planner(NodeTypes catalog, boolean intercepted) {
    this.catalog = catalog;
    this.intercepted = intercepted;
  }

  /**
   * Plans a flow.
   *
   * @param intercepted whether every call of an action is surrounded by interceptors
   */
  public static Planned plan(Flow flow, NodeTypes catalog, boolean intercepted) {
    Planner planner = new Planner(catalog, intercepted);
    Plan plan = planner.top(flow, flow.pointer());
    List<Problem> found = planner.problems.stream().limit(MOST_PROBLEMS).toList();
    return new Planned(found.isEmpty() ? plan : null, found);
  }

  private @Nullable Plan top(Flow flow, String pointer) {
    Level level = new Level(flow, pointer, null, -1, false, catalog);
    return level(level, null, 0);
  }

  private @Nullable Plan level(Level level, @Nullable Plan parent, int depth) {
    if (depth > DEEPEST_BODY) {
      add("FF-DEF-DEPTH", level.pointer, null, "bodies are nested deeper than " + DEEPEST_BODY);
      return null;
    }
    problems.addAll(GraphChecks.of(level.graph, level.pointer, new LevelPorts(level)));
    Names names = LevelNames.of(level);
    PlanNode[] nodes = new PlanNode[level.flow.nodes().size()];
    boolean[] errorEdges = errorEdges(level);
    for (int n = 0; n < nodes.length; n++) {
      nodes[n] = node(level, n, names, errorEdges[n]);
    }
    Wiring wiring = new Wiring(level.flow, indexes(level));
    conditions(level, wiring, names);
    Template outputs = outputs(level, names);
    Plan plan = null;
    if (complete(nodes)) {
      wiring.complete(level.flow, nodes, level.graph.order());
      plan = new Plan(level.flow, parent, level.parentNode, nodes, wiring);
      plan.outputs = outputs;
      results(plan);
    }
    inner(level, nodes, plan, depth);
    if (level.parent == null) {
      wholeFlow(level, plan);
    }
    for (Level.Use use : level.outOfReach()) {
      outOfReach(level, use);
    }
    return problems.isEmpty() ? plan : null;
  }

  private static boolean complete(PlanNode[] nodes) {
    for (PlanNode node : nodes) {
      if (node == null) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Integer> indexes(Level level) {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (int n = 0; n < level.flow.nodes().size(); n++) {
      indexes.putIfAbsent(level.flow.nodes().get(n).id(), n);
    }
    return indexes;
  }

  private static boolean[] errorEdges(Level level) {
    boolean[] found = new boolean[level.flow.nodes().size()];
    for (Edge edge : level.flow.edges()) {
      int from = level.graph.index(edge.from());
      if (from >= 0 && edge.port().equals(Edge.ERROR)) {
        found[from] = true;
      }
    }
    return found;
  }

  /** What the graph checks ask about the types of a level. */
  private record LevelPorts(Level level) implements NodePorts {
    @Override
    public @Nullable Set<String> of(Node node) {
      NodeTypes.Known type = level.types[level.graph.index(node.id())];
      return type == null ? null : Ports.of(type, node);
    }

    @Override
    public boolean isTrigger(Node node) {
      NodeTypes.Known type = level.types[level.graph.index(node.id())];
      return type != null && type.trigger();
    }
  }

  // ---- nodes

  private @Nullable PlanNode node(Level level, int n, Names names, boolean errorEdge) {
    Node node = level.flow.nodes().get(n);
    NodeTypes.Known type = level.types[n];
    if (type == null) {
      ActionRegistry.Unknown unknown = catalog.unknown(node.type());
      add(unknown.code(), level.pointer(n) + "/type", node.id(), unknown.message());
    }
    ConfigPlan config = type == null ? untyped(level, n, names) : config(level, n, type, names);
    Policies policies = policies(level, n, names);
    if (type == null || config == null) {
      return null;
    }
    String canonical = type.type();
    NodeKind kind = type.trigger() ? NodeKind.TRIGGER : NodeKind.of(canonical);
    PlanNode.Draft draft =
        new PlanNode.Draft(
            n, node, kind, type, Ports.of(type, node).toArray(new String[0]), config);
    Retry fallback = level.root().flow.settings().retry();
    draft.retry = node.retry().orElse(fallback);
    Timeout timeout = node.timeout().orElse(null);
    draft.attemptMicros = timeout == null ? 0 : micros(timeout.attempt());
    draft.totalMicros = timeout == null ? 0 : micros(timeout.total());
    draft.cacheKey = policies.cacheKey;
    draft.rateKey = policies.rateKey;
    draft.breakerKey = policies.breakerKey;
    draft.fallback = policies.fallback;
    draft.hasErrorEdge = errorEdge;
    draft.intercepted = intercepted || catalog.limited(canonical);
    return new PlanNode(draft);
  }

  private static long micros(@Nullable Duration duration) {
    if (duration == null) {
      return 0;
    }
    return Math.max(
        1, Math.min(duration.getSeconds(), 1L << 40) * 1_000_000L + duration.getNano() / 1000);
  }

  /** The config of a node whose type is not known: only its expressions can be checked. */
  private @Nullable ConfigPlan untyped(Level level, int n, Names names) {
    template(level, n, level.configPointer(n), level.flow.nodes().get(n).config(), names);
    return null;
  }

  private @Nullable ConfigPlan config(Level level, int n, NodeTypes.Known type, Names names) {
    Node node = level.flow.nodes().get(n);
    String place = level.configPointer(n);
    int before = problems.size();
    type.config()
        .check(node.config(), Templates::isTemplate)
        .forEach(found -> add(found.code(), place + found.path(), node.id(), found.message()));
    LateExpressions late = LateExpressions.of(type.config(), node.config());
    List<ConfigPlan.Late> compiled = new ArrayList<>();
    Names lateNames =
        type.type().equals("while") && names instanceof LevelNames own ? own.withLast() : names;
    late.sources()
        .forEach(
            (path, source) -> {
              String at = place + LateExpressions.pointer(path);
              Condition condition = condition(level, n, at, source, lateNames);
              if (condition != null) {
                compiled.add(new ConfigPlan.Late(path, condition));
              }
            });
    Template template = template(level, n, place, late.rest(), names);
    bodyNeeded(level, n, type, node);
    if (template == null || problems.size() > before) {
      return null;
    }
    return bound(level, n, type, template, compiled);
  }

  private @Nullable ConfigPlan bound(
      Level level, int n, NodeTypes.Known type, Template template, List<ConfigPlan.Late> late) {
    try {
      ConfigPlan plan = new ConfigPlan(type.config(), type.descriptor().config(), template, late);
      Object constant = plan.constant();
      if (constant != null) {
        type.action().validate(constant);
      }
      return plan;
    } catch (IllegalArgumentException | io.flowforge.FlowForgeException refused) {
      String message = refused.getMessage();
      add(
          "FF-DEF-CONFIG",
          level.configPointer(n),
          level.flow.nodes().get(n).id(),
          message == null ? "the config is refused" : message);
      return null;
    }
  }

  private void bodyNeeded(Level level, int n, NodeTypes.Known type, Node node) {
    String canonical = type.type();
    boolean needs = canonical.equals("loop") || canonical.equals("while");
    if (needs && node.body().isEmpty()) {
      add(
          "FF-DEF-CONFIG",
          level.configPointer(n),
          node.id(),
          "a " + canonical + " needs a body: {\"nodes\": […], \"edges\": […]}");
    }
    boolean subflow = canonical.equals("subflow");
    if (subflow && node.body().isEmpty() && !node.config().containsKey("flow")) {
      add(
          "FF-DEF-CONFIG",
          level.configPointer(n) + "/flow",
          node.id(),
          "a subflow needs flow: the id of a flow, or a whole flow");
    }
    if (!needs && !subflow && node.body().isPresent()) {
      add(
          "FF-DEF-CONFIG",
          level.configPointer(n) + "/body",
          node.id(),
          "type " + canonical + " has no body");
    }
  }

  /** The compiled keys and fallback of a node. */
  private record Policies(
      @Nullable Template cacheKey,
      @Nullable Template rateKey,
      @Nullable Template breakerKey,
      @Nullable Template fallback) {}

  private Policies policies(Level level, int n, Names names) {
    Node node = level.flow.nodes().get(n);
    String at = level.pointer(n);
    return new Policies(
        key(
            level,
            n,
            at + "/cache/key",
            node.cache().map(policy -> policy.key()).orElse(null),
            names),
        key(
            level,
            n,
            at + "/rateLimit/key",
            node.rateLimit().map(policy -> policy.key()).orElse(null),
            names),
        key(
            level,
            n,
            at + "/circuitBreaker/key",
            node.circuitBreaker().map(policy -> policy.key()).orElse(null),
            names),
        key(level, n, at + "/fallback", node.fallback(), names));
  }

  private @Nullable Template key(
      Level level, int n, String place, @Nullable Object value, Names names) {
    return value == null ? null : template(level, n, place, value, names);
  }

  // ---- the level's own texts

  private void conditions(Level level, Wiring wiring, Names names) {
    for (int k = 0; k < wiring.edge.length; k++) {
      Edge edge = level.flow.edges().get(wiring.edge[k]);
      if (edge.condition() != null) {
        String place = level.edgePointer(wiring.edge[k]) + "/condition";
        Condition condition =
            condition(level, wiring.source[k], true, place, edge.condition(), names);
        if (wiring.condition == null) {
          wiring.condition = new Condition[wiring.edge.length];
        }
        wiring.condition[k] = condition;
      }
    }
  }

  private @Nullable Template outputs(Level level, Names names) {
    Map<String, Object> declared = level.flow.outputs().orElse(null);
    return declared == null
        ? null
        : template(level, -1, level.pointer + "/outputs", declared, names);
  }

  private void results(Plan plan) {
    List<Integer> outputNodes = new ArrayList<>();
    List<Integer> terminals = new ArrayList<>();
    List<String> outputNames = new ArrayList<>();
    for (PlanNode node : plan.nodes) {
      if (node.type.equals("output")) {
        outputNodes.add(node.index);
        outputNames.add(node.node.config().get("name") instanceof String name ? name : node.id);
      }
      boolean terminal = true;
      for (int k = plan.outStart[node.index]; k < plan.outStart[node.index + 1]; k++) {
        terminal &= plan.port[k] == PlanNode.ERROR;
      }
      if (terminal) {
        terminals.add(node.index);
      }
    }
    plan.outputNodes = outputNodes.stream().mapToInt(Integer::intValue).toArray();
    plan.outputNames = outputNames.toArray(new String[0]);
    plan.terminals = terminals.stream().mapToInt(Integer::intValue).toArray();
  }

  private void wholeFlow(Level level, @Nullable Plan plan) {
    Names names = LevelNames.withoutNodes(level);
    Flow flow = level.flow;
    Template variables =
        flow.variables().isEmpty()
            ? null
            : template(level, -1, level.pointer + "/variables", flow.variables(), names);
    Object key = flow.settings().concurrency() == null ? null : flow.settings().concurrency().key();
    Template concurrency = key(level, -1, level.pointer + "/settings/concurrency/key", key, names);
    if (plan != null) {
      plan.variables = variables;
      plan.concurrencyKey = concurrency;
    }
  }

  // ---- bodies and compensations

  private void inner(Level level, PlanNode[] nodes, @Nullable Plan plan, int depth) {
    for (int n = 0; n < nodes.length; n++) {
      Node node = level.flow.nodes().get(n);
      Plan body = node.body().isPresent() ? body(level, n, node.body().get(), plan, depth) : null;
      Plan compensation =
          node.compensate().isPresent() ? compensation(level, n, plan, depth) : null;
      if (nodes[n] != null) {
        nodes[n].body = body;
        nodes[n].compensation = compensation;
      }
    }
  }

  private @Nullable Plan body(Level level, int n, Flow body, @Nullable Plan plan, int depth) {
    NodeTypes.Known type = level.types[n];
    String key = type != null && NodeKind.of(type.type()) == NodeKind.SUBFLOW ? "/flow" : "/body";
    String pointer = body.pointer().isEmpty() ? level.configPointer(n) + key : body.pointer();
    if (key.equals("/flow")) {
      return depth >= DEEPEST_BODY
          ? null
          : level(new Level(body, pointer, null, -1, false, catalog), null, depth + 1);
    }
    return level(new Level(body, pointer, level, n, false, catalog), plan, depth + 1);
  }

  private @Nullable Plan compensation(Level level, int n, @Nullable Plan plan, int depth) {
    Node node = level.flow.nodes().get(n);
    String pointer = level.pointer(n) + "/compensate";
    Flow undo =
        node.compensate()
            .map(
                undoing ->
                    Flow.body()
                        .node(
                            Node.builder("compensate", undoing.type())
                                .config(undoing.config())
                                .at(pointer, "config")
                                .build())
                        .build())
            .orElseThrow();
    return level(new Level(undo, pointer, level, n, true, catalog), plan, depth + 1);
  }

  // ---- expressions

  private @Nullable Template template(
      Level level, int n, String place, @Nullable Object value, Names names) {
    Template template = compiled(level, n, place, () -> Expressions.compileTemplate(value, names));
    if (template != null) {
      note(level, n, false, place, template.references());
    }
    return template;
  }

  private @Nullable Condition condition(
      Level level, int n, String place, @Nullable Object source, Names names) {
    return condition(level, n, false, place, source, names);
  }

  /** With {@code own}, the node's own output may be used: it is there when an edge is decided. */
  private @Nullable Condition condition(
      Level level, int n, boolean own, String place, @Nullable Object source, Names names) {
    Condition condition =
        compiled(level, n, place, () -> Expressions.compileCondition(source, names));
    if (condition != null) {
      note(level, n, own, place, condition.references());
    }
    return condition;
  }

  private static void note(
      Level level, int n, boolean own, String place, List<Reference> references) {
    for (Reference reference : references) {
      level.note(n, own, place, reference);
    }
  }

  private <T> @Nullable T compiled(Level level, int n, String place, Supplier<T> compilation) {
    try {
      return compilation.get();
    } catch (ExpressionException broken) {
      for (ExpressionProblem problem : broken.problems()) {
        add(
            problem.code().code(),
            place + problem.pointer(),
            n < 0 ? null : level.flow.nodes().get(n).id(),
            problem.message());
      }
      return null;
    }
  }

  private void outOfReach(Level level, Level.Use use) {
    String to = level.flow.nodes().get(use.to()).id();
    String from = level.flow.nodes().get(use.node()).id();
    String what =
        to.equals(from)
            ? "node \"" + to + "\" refers to itself"
            : "node \"" + to + "\" does not come before node \"" + from + "\"";
    add(
        "FF-DEF-REF",
        use.pointer(),
        from,
        what
            + " in "
            + Shown.quoted(use.expression())
            + "; add an edge or dependsOn that leads from "
            + to
            + " to "
            + from);
  }

  private void add(String code, String path, @Nullable String node, String message) {
    problems.add(new Problem(code, path, node, message));
  }
}
