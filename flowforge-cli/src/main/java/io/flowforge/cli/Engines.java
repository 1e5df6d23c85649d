package io.flowforge.cli;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.InvalidFlowException;
import io.flowforge.actions.file.FilePolicy;
import io.flowforge.actions.http.HttpPolicy;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Keyring;
import io.flowforge.spi.store.FlowStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Engines as the commands need them. */
final class Engines {
  /** Short, so that what a killed command leaves can soon be taken up. */
  static final Duration LEASE = Duration.ofSeconds(5);

  private static final Duration SCAN = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A command stays with what it runs, however long a timer has to go. */
  private static final Duration NEVER = Duration.ofDays(36500);

  private Engines() {}

  /** An engine that only answers questions: it touches no file and calls nobody. */
  static FlowForge reading() {
    return FlowForge.builder().build();
  }

  /** An engine that looks into a store and sends messages, and runs nothing. */
  static FlowForge looking(FlowStore store) {
    return keeping(FlowForge.builder(), store).build();
  }

  /** The same, whose blobs are in a folder. */
  static FlowForge looking(FlowStore store, Path blobs) {
    return keeping(FlowForge.builder().blobs(blobs), store).build();
  }

  /** The same, which may encrypt credentials. */
  static FlowForge looking(FlowStore store, Keyring keyring) {
    return keeping(FlowForge.builder().keyring(keyring), store).build();
  }

  /** An engine that runs flows, in memory or with a store, with file actions confined. */
  static FlowForge running(@Nullable FlowStore store, Reach reach) {
    Path root = reach.root();
    Keyring keyring = reach.keyring();
    if (!Files.isDirectory(root)) {
      throw new Refusal("FF-CLI-FILE", "--root must be a folder, there is none at " + root);
    }
    FlowForgeBuilder builder = FlowForge.builder().service(FilePolicy.class, FilePolicy.of(root));
    if (keyring != null) {
      builder.keyring(keyring);
    }
    if (reach.privateNetworks()) {
      builder.service(HttpPolicy.class, HttpPolicy.builder().allowPrivateNetworks().build());
    }
    return (store == null ? builder : keeping(builder, store)).build();
  }

  /**
   * A command drives only what it was called for: what others left may need other folders, networks
   * and sub-flows than it was given.
   */
  private static FlowForgeBuilder keeping(FlowForgeBuilder builder, FlowStore store) {
    return builder
        .store(store)
        .claiming(false)
        .lease(LEASE)
        .scanInterval(SCAN)
        .startDeadline(PATIENCE)
        .leaveAfter(NEVER);
  }

  /** Makes the flows of a folder known, for sub-flows and error flows. */
  static void register(FlowForge forge, @Nullable Path folder) {
    if (folder == null) {
      return;
    }
    for (Path file : FlowFile.in(folder)) {
      register(forge, file, FlowFile.load(file, forge));
    }
  }

  private static void register(FlowForge forge, Path file, Flow flow) {
    try {
      forge.register(flow);
    } catch (InvalidFlowException invalid) {
      throw new InvalidFile(file, invalid.problems());
    }
  }
}
