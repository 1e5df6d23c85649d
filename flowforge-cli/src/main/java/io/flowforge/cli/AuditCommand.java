package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge audit}. */
final class AuditCommand implements Subcommand {
  private static final String ACTOR = "--actor";
  private static final String ACTION = "--action";
  private static final String OBJECT = "--object";

  @Override
  public CommandSpec spec() {
    return Options.command("audit", "Lists who has changed what in a store, oldest first.")
        .addOption(Options.text(ACTOR, "ACTOR", "Only by this actor."))
        .addOption(Options.text(ACTION, "BEGIN", "Only actions that begin so, such as flow."))
        .addOption(
            Options.text(OBJECT, "ID", "Only what was done to this execution, flow or credential."))
        .addOption(Options.text(Options.TENANT, "TENANT", "Only of this tenant."))
        .addOption(Options.limit())
        .addOption(
            Options.text(Options.AFTER, "ID", "Goes on behind this one, the last of a page."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    AuditQuery query =
        new AuditQuery(
            Options.text(given, Options.TENANT),
            Options.text(given, ACTOR),
            Options.textOr(given, ACTION, ""),
            Options.text(given, OBJECT),
            Options.textOr(given, Options.AFTER, ""),
            Values.number(given, Options.LIMIT, 1, 1000, AuditQuery.ALL.limit()));
    List<AuditEntry> found;
    try (FlowForge forge = Stored.looking(given)) {
      found = forge.audit(query);
    }
    console.document(Map.of("entries", found.stream().map(AuditCommand::line).toList()));
    return Exit.COMPLETED;
  }

  private static Map<String, Object> line(AuditEntry entry) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", entry.id());
    line.put("at", Timestamps.text(entry.at()));
    line.put("tenant", entry.tenant().isEmpty() ? null : entry.tenant());
    line.put("actor", entry.actor().isEmpty() ? null : entry.actor());
    line.put("action", entry.action());
    line.put("object", entry.object());
    line.put("detail", new TreeMap<>(entry.detail()));
    return line;
  }
}
