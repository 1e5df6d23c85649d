package io.flowforge.redis;

import io.flowforge.spi.store.ExecutionQuery;
import java.util.ArrayList;
import java.util.List;

/** Writes a query down as list.lua reads it. */
final class ListCall {
  /** How many executions a script looks at before it lets others go first. */
  private static final int STEPS = 2000;

  private ListCall() {}

  /** The highest member of an index that the query asks for. */
  static String high(ExecutionQuery query) {
    String to = query.toMicros() == 0 ? "+" : "(" + SortedTime.of(query.toMicros());
    if (query.afterMicros() == 0) {
      return to;
    }
    String after = SortedTime.of(query.afterMicros());
    boolean behind = query.toMicros() == 0 || query.afterMicros() < query.toMicros();
    return behind ? "(" + after + query.afterId() : to;
  }

  /**
   * The arguments of one call.
   *
   * @param high from where to go on
   * @param most how many are wanted still
   */
  static Arguments arguments(ExecutionQuery query, byte[] high, int most) {
    Arguments arguments =
        new Arguments()
            .add(high)
            .add(query.fromMicros() == 0 ? "-" : "[" + SortedTime.of(query.fromMicros()))
            .add(most)
            .add(STEPS)
            .add(query.flowId())
            .add(query.tenant() == null ? "" : "=" + query.tenant())
            .add(Arguments.join(query.statuses().stream().map(Enum::name).toList()))
            .add(Arguments.join(query.attributes()));
    groups(query).forEach(group -> arguments.add(Arguments.join(group)));
    return arguments;
  }

  /** Sets of indexes, in each of which all that is wanted stands. */
  private static List<List<String>> groups(ExecutionQuery query) {
    List<List<String>> groups = new ArrayList<>();
    if (query.flowId() != null) {
      groups.add(List.of("if:" + query.flowId()));
    }
    if (query.tenant() != null && !query.tenant().isEmpty()) {
      groups.add(List.of("it:" + query.tenant()));
    }
    if (!query.statuses().isEmpty()) {
      groups.add(query.statuses().stream().map(status -> "is:" + status.name()).toList());
    }
    query
        .attributes()
        .forEach(
            (name, value) -> groups.add(List.of("ia:" + Arguments.join(List.of(name)) + value)));
    return groups;
  }
}
