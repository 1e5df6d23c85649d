package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.spi.NodeType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code flowforge catalog}. */
final class CatalogCommand implements Subcommand {
  @Override
  public CommandSpec spec() {
    return Options.command("catalog", "Lists node types with their config schema and ports.")
        .addPositional(Options.optional("TYPE", "Only this type, by its name or an alias."))
        .addOption(Options.help());
  }

  @Override
  public Exit run(ParseResult given, Console console) {
    List<NodeType> types;
    try (FlowForge forge = Engines.reading()) {
      types = forge.catalog();
    }
    if (given.hasMatchedPositional(0)) {
      console.document(named(types, Options.argument(given)).toValue());
    } else {
      console.document(Map.of("types", types.stream().map(NodeType::toValue).toList()));
    }
    return Exit.COMPLETED;
  }

  private static NodeType named(List<NodeType> types, String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replace('_', '-');
    for (NodeType type : types) {
      if (type.type().equals(wanted) || type.aliases().contains(wanted)) {
        return type;
      }
    }
    String known = types.stream().map(NodeType::type).collect(Collectors.joining(", "));
    throw new Refusal(
        "FF-CLI-TYPE", "there is no node type \"" + Plain.line(name) + "\"; there are " + known);
  }
}
