package io.flowforge.cli;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a store has kept. */
final class Stored {
  private static final String ACTOR = "--as";
  private static final String BLOBS = "--blobs";

  private Stored() {}

  /** An engine on the store that was named, which runs nothing. */
  static FlowForge looking(ParseResult given) {
    return Engines.looking(Stores.kept(Options.text(given, Options.STORE)));
  }

  /** The same, with the folder of blobs that was named, if any. */
  static FlowForge lookingAtBlobs(ParseResult given) {
    Path folder = Options.path(given, BLOBS);
    if (folder == null) {
      return looking(given);
    }
    if (!Files.isDirectory(folder)) {
      throw new Refusal("FF-CLI-FILE", BLOBS + " must be a folder, there is none at " + folder);
    }
    return Engines.looking(Stores.kept(Options.text(given, Options.STORE)), folder);
  }

  /** Where blobs are that are not in the store. */
  static OptionSpec blobs() {
    return Options.path(
        BLOBS, "DIR", "Folder of the blobs, when the engines keep them beside the store.");
  }

  /** Adds the store and who acts on it. */
  static CommandSpec options(CommandSpec spec) {
    return spec.addOption(
            Options.text(ACTOR, "ACTOR", "Who stands in the audit log behind what is changed."))
        .addOption(Options.store())
        .addOption(Options.help());
  }

  /** Adds the store, the tenant whose part of it is meant, and who acts on it. */
  static CommandSpec viewOptions(CommandSpec spec) {
    return options(
        spec.addOption(
            Options.text(Options.TENANT, "TENANT", "The tenant; otherwise what belongs to none.")));
  }

  /** The engine in the name of who acts. */
  static FlowForge acting(FlowForge forge, ParseResult given) {
    String actor = Options.text(given, ACTOR);
    return actor == null ? forge : Values.checked(() -> forge.as(actor));
  }

  /** The engine as a tenant sees it, in the name of who acts. */
  static FlowForge view(FlowForge forge, ParseResult given) {
    FlowForge acting = acting(forge, given);
    String tenant = Options.text(given, Options.TENANT);
    return tenant == null ? acting : Values.checked(() -> acting.forTenant(tenant));
  }

  /**
   * An execution by its id.
   *
   * @throws FlowForgeException when the store does not know it
   */
  static Execution execution(FlowForge forge, String id) {
    return forge
        .execution(id)
        .orElseThrow(
            () ->
                new FlowForgeException(
                    "FF-EXECUTION-UNKNOWN",
                    "no execution \"" + Plain.line(id) + "\" is in the store"));
  }
}
