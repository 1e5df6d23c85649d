package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge credentials delete}. */
final class DeleteCredential implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Stored.viewOptions(
        Options.command(
                "delete", "Deletes a credential; executions that name it fail from then on.")
            .addPositional(Options.argument("NAME", "Its name.")));
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    String name = Options.argument(given);
    String tenant = Options.text(given, Options.TENANT);
    try (FlowForge forge = Stored.looking(given)) {
      if (!Stored.view(forge, given).credentials().delete(tenant == null ? "" : tenant, name)) {
        throw new FlowForgeException(
            "FF-CRED-UNKNOWN",
            "no credential \""
                + Plain.line(name)
                + "\" is stored"
                + (tenant == null ? " without a tenant" : " for tenant " + Plain.line(tenant)));
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("tenant", tenant);
    document.put("deleted", true);
    console.document(document);
    return Exit.COMPLETED;
  }
}
