package io.flowforge.cli;

import io.flowforge.CredentialInfo;
import io.flowforge.FlowForge;
import io.flowforge.execution.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge credentials list}. */
final class ListCredentials implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command("list", "Lists credentials by name, without their secrets.")
        .addOption(Options.text(Options.TENANT, "TENANT", "The tenant; otherwise those of none."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    List<CredentialInfo> found;
    try (FlowForge forge = Stored.looking(given)) {
      String tenant = Options.textOr(given, Options.TENANT, "");
      found = Stored.view(forge, given).credentials().list(tenant);
    }
    console.document(Map.of("credentials", found.stream().map(ListCredentials::line).toList()));
    return Exit.COMPLETED;
  }

  /** What is printed of a credential. */
  static Map<String, Object> line(CredentialInfo info) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", info.name());
    line.put("tenant", info.tenant().isEmpty() ? null : info.tenant());
    line.put("type", info.type().isEmpty() ? null : info.type());
    line.put("description", info.description().isEmpty() ? null : info.description());
    line.put("hosts", info.hosts());
    line.put("fields", info.fields());
    line.put("keyId", info.keyId());
    line.put("createdAt", Timestamps.text(info.created()));
    line.put("changedAt", Timestamps.text(info.changed()));
    return line;
  }
}
