package io.flowforge.internal.document;

import io.flowforge.flow.CachePolicy;
import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.Compensation;
import io.flowforge.flow.Concurrency;
import io.flowforge.flow.Edge;
import io.flowforge.flow.FailureMode;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.flow.RateLimit;
import io.flowforge.flow.Retry;
import io.flowforge.flow.Settings;
import io.flowforge.flow.Timeout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes flows that use everything the model has, the same ones for the same seed. */
final class RandomFlows {
  private static final String[] TEXTS = {
    "",
    "x",
    "no",
    "1:20",
    "null",
    "~",
    "<<",
    "- a",
    "a: b",
    "# c",
    "'",
    "\"",
    "\\",
    "a\nb",
    "a\n",
    "\n a\n  b\n\n",
    " a ",
    "\t",
    "\r\n",
    "é😀",
    "\uFEFF",
    "\u0085\u2028",
    "\u0007",
    "${a.b}",
    "$${",
    "{a}",
    "[a]",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "?",
    "0x10",
    "1e3",
    "...",
    "---",
    ":",
    "a #b",
    "2026-11-21",
    "\u202Ea",
    "=",
    "true",
    "\uFFFD\uE000",
    "a  \nb",
    "long ".repeat(300)
  };

  private final Random random;

  RandomFlows(long seed) {
    random = new Random(seed);
  }

  Flow flow() {
    Flow.Builder flow = graph(Flow.builder("flow-" + random.nextInt(100)), 2);
    flow.name(maybe(text())).description(maybe(text()));
    if (chance()) {
      flow.tags(List.of(text(), text()));
    }
    if (chance()) {
      flow.inputs(new LinkedHashMap<>());
      flow.input(text(), new Input(Input.Type.ANY, chance(), value(2), text(), List.of()));
      flow.input("n", new Input(Input.Type.NUMBER, chance(), 1, null, List.of(1, 2.5)));
    }
    if (chance()) {
      flow.variable(text(), value(3)).variable("v", value(3));
    }
    if (chance()) {
      flow.settings(settings());
    }
    return flow.extra("ui", value(2)).build();
  }

  private Flow.Builder graph(Flow.Builder graph, int depth) {
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      graph.node(node("n" + i, depth));
    }
    for (int i = 0; i < size; i++) {
      graph.edge(edge("n" + i, "n" + random.nextInt(size)));
    }
    return chance() ? graph.output(text(), value(2)) : graph;
  }

  private Edge edge(String from, String to) {
    Edge edge = Edge.of(from, to).when(maybe(text())).withId(maybe(text()));
    edge = chance() ? edge.onPort(text() + "p") : edge;
    return chance() ? edge.withExtra("label", value(1)).withExtra("style", value(2)) : edge;
  }

  private Node node(String id, int depth) {
    boolean loop = depth > 0 && random.nextInt(4) == 0;
    boolean child = depth > 0 && random.nextInt(6) == 0;
    Node.Builder node = Node.builder(id, loop ? "loop" : child ? "subflow" : "my-type");
    for (int i = random.nextInt(4); i > 0; i--) {
      node.config("k" + text(), value(3));
    }
    if (loop) {
      node.body(graph(Flow.body(), depth - 1).build());
    } else if (child) {
      node.body(graph(Flow.builder("child"), depth - 1).build());
    }
    policies(node.name(maybe(text())));
    return node.disabled(random.nextInt(5) == 0).build();
  }

  private void policies(Node.Builder node) {
    List<Runnable> all =
        List.of(
            () -> node.join(chance() ? Join.ANY : Join.atLeast(1 + random.nextInt(3))),
            () -> node.retry(retry()),
            () -> node.timeout(new Timeout(maybe(duration()), duration())),
            () -> node.timeout(duration()),
            () -> node.onError(chance() ? OnError.CONTINUE : OnError.ROUTE),
            () -> node.fallback(value(2)),
            () -> node.cache(new CachePolicy(maybe(text()), duration())),
            () -> node.rateLimit(new RateLimit(maybe(text()), 3, duration())),
            () -> node.circuitBreaker(breaker()),
            () -> node.compensate(new Compensation("undo", Map.of(text(), 1))),
            () -> node.extra("position", value(2)));
    all.forEach(
        policy -> {
          if (random.nextInt(4) == 0) {
            policy.run();
          }
        });
  }

  private CircuitBreaker breaker() {
    return new CircuitBreaker(
        maybe(text()), 1 + random.nextInt(9), duration(), 1, CircuitBreaker.WhenOpen.PARK);
  }

  private Settings settings() {
    Settings settings =
        Settings.DEFAULT
            .withTimeout(duration())
            .withMaxParallelism(random.nextInt(3))
            .withRetry(retry())
            .withOnError(FailureMode.FINISH_BRANCHES);
    return chance()
        ? settings
        : settings
            .withErrorFlow(text())
            .withConcurrency(
                new Concurrency(maybe(text()), 2, Concurrency.Overlap.CANCEL_PREVIOUS));
  }

  private Retry retry() {
    return chance()
        ? Retry.create()
        : Retry.builder()
            .strategy(Retry.Strategy.values()[random.nextInt(4)])
            .jitter(Retry.Jitter.values()[random.nextInt(3)])
            .maxAttempts(1 + random.nextInt(9))
            .delay(duration())
            .maxElapsed(maybe(duration()))
            .retryOn(List.of("FF-HTTP-*"))
            .giveUpOn(List.of(text()))
            .build();
  }

  private Duration duration() {
    return Duration.ofNanos(1 + random.nextInt(1000) * (chance() ? 1_000_000L : 123L));
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> random.nextBoolean();
      case 1 -> number();
      case 2, 3, 4 -> text();
      case 5 -> null;
      case 6 -> list(depth);
      default -> map(depth);
    };
  }

  private Object number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> new BigInteger(200, random);
      case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case 4 -> new BigDecimal(new BigInteger(150, random), random.nextInt(60));
      default -> (double) random.nextInt(100);
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), value(depth - 1));
    }
    return map;
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private boolean chance() {
    return random.nextBoolean();
  }

  private <T> T maybe(T value) {
    return chance() ? value : null;
  }
}
