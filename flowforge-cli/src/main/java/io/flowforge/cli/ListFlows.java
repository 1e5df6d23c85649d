package io.flowforge.cli;

import io.flowforge.FlowEntry;
import io.flowforge.FlowForge;
import io.flowforge.FlowQuery;
import io.flowforge.FlowStatus;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge flows list}. */
final class ListFlows implements Subcommand {
  private static final String TAG = "--tag";

  @Override
  public CommandSpec spec() {
    return Options.command("list", "Lists stored flows, by tenant and id.")
        .addOption(Options.text(TAG, "TAG", "Only with this tag."))
        .addOption(
            Options.text(
                Options.STATUS,
                "STATUS,…",
                "Only in one of these; otherwise all that are not DELETED."))
        .addOption(Options.text(Options.TENANT, "TENANT", "Only of this tenant."))
        .addOption(Options.limit())
        .addOption(
            Options.text(
                Options.AFTER,
                "ID",
                "Goes on behind this one, the last of a page; TENANT/ID for one of a tenant."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    FlowQuery query = query(given);
    List<FlowEntry> found;
    try (FlowForge forge = Stored.looking(given)) {
      found = forge.flows().list(query);
    }
    console.document(
        Map.of(
            "flows",
            found.stream().map(entry -> StoredFlows.line(entry, entry.current())).toList()));
    return Exit.COMPLETED;
  }

  private static FlowQuery query(ParseResult given) {
    FlowQuery query =
        FlowQuery.ALL.withLimit(
            Values.number(given, Options.LIMIT, 1, 1000, FlowQuery.ALL.limit()));
    String statuses = Options.text(given, Options.STATUS);
    if (statuses != null) {
      query = query.withStatuses(Values.constants(FlowStatus.class, Options.STATUS, statuses));
    }
    String tenant = Options.text(given, Options.TENANT);
    if (tenant != null) {
      query = query.withTenant(tenant);
    }
    String after = Options.text(given, Options.AFTER);
    if (after != null) {
      query = after(query, after);
    }
    String tag = Options.text(given, TAG);
    return tag == null ? query : query.withTag(tag);
  }

  private static FlowQuery after(FlowQuery query, String last) {
    int slash = last.indexOf('/');
    String own = query.tenant() == null ? "" : query.tenant();
    return new FlowQuery(
        query.tenant(),
        query.tag(),
        query.statuses(),
        slash < 0 ? own : last.substring(0, slash),
        StoredFlows.checkedId(last.substring(slash + 1)),
        query.limit());
  }
}
