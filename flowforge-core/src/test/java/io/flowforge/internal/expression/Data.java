package io.flowforge.internal.expression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values of a made-up place in a flow. */
final class Data implements Names, Variables {

  private final List<String> rootNames = new ArrayList<>();
  private final List<@Nullable Object> roots = new ArrayList<>();
  private final List<String> nodeIds = new ArrayList<>();
  private final List<@Nullable Object> outputs = new ArrayList<>();
  private final Map<String, Name> others = new HashMap<>();
  private int ids;
  private int unreached = -1;

  static Data none() {
    return new Data();
  }

  Data root(String name, @Nullable Object value) {
    rootNames.add(name);
    roots.add(value);
    return this;
  }

  /** Gives {@code inputs} as alternating names and values. */
  Data inputs(@Nullable Object... namesAndValues) {
    return root("inputs", map(namesAndValues));
  }

  Data node(String id, @Nullable Object output) {
    nodeIds.add(id);
    outputs.add(output);
    return this;
  }

  /** Makes the last node one that is seen and cannot be read. */
  Data notReached() {
    unreached = nodeIds.size() - 1;
    return this;
  }

  Data downstream(String id) {
    others.put(id, new Name.OutOfReach("is not upstream of this node"));
    return this;
  }

  Data vault(String name, Map<String, @Nullable Object> entries) {
    others.put(name, new Name.Vault(roots.size()));
    rootNames.add("");
    roots.add(entries);
    return this;
  }

  static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }

  /** The same data, with ids beginning anew. */
  Data again() {
    ids = 0;
    return this;
  }

  @Nullable Object value(String expression) {
    return Expressions.compile(expression, this).evaluate(this);
  }

  @Nullable Object resolve(@Nullable Object template) {
    return Expressions.compileTemplate(template, this).resolve(this);
  }

  boolean test(@Nullable Object condition) {
    return Expressions.compileCondition(condition, this).test(this);
  }

  @Override
  public Name root(String name) {
    int slot = rootNames.indexOf(name);
    Name other = others.getOrDefault(name, new Name.Unknown());
    return slot >= 0
        ? new Name.Root(slot)
        : other instanceof Name.Vault ? other : new Name.Unknown();
  }

  @Override
  public Name node(String id) {
    int slot = nodeIds.indexOf(id);
    Name other = others.getOrDefault(id, new Name.Unknown());
    return slot >= 0
        ? new Name.Node(slot)
        : other instanceof Name.OutOfReach ? other : new Name.Unknown();
  }

  @Override
  public Collection<String> suggestions() {
    List<String> all = new ArrayList<>(rootNames);
    all.addAll(nodeIds);
    return all;
  }

  @Override
  public @Nullable Object root(int slot) {
    return roots.get(slot);
  }

  @Override
  public @Nullable Object nodeOutput(int node) {
    return outputs.get(node);
  }

  @Override
  public String nodeStatus(int node) {
    return "COMPLETED";
  }

  @Override
  public @Nullable Object nodeError(int node) {
    return null;
  }

  @Override
  public int nodeAttempts(int node) {
    return 1;
  }

  @Override
  public boolean reaches(int node) {
    return node != unreached;
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-31T08:30:15.123456Z");
  }

  @Override
  public String newId() {
    return "id-" + ++ids;
  }
}
