package io.flowforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code flowforge flows}. */
final class FlowsCommand {
  private FlowsCommand() {}

  static Subcommand create() {
    Map<String, Supplier<Subcommand>> verbs = new LinkedHashMap<>();
    verbs.put("save", SaveFlow::new);
    verbs.put("list", ListFlows::new);
    verbs.put("show", ShowFlow::new);
    verbs.put("versions", VersionsOfFlow::new);
    verbs.put("rollback", RollbackFlow::new);
    for (MoveFlow.Kind kind : MoveFlow.Kind.values()) {
      verbs.put(kind.verb(), () -> new MoveFlow(kind));
    }
    return new VerbCommand("flows", "Keeps flows in a store, with every version.", verbs);
  }
}
