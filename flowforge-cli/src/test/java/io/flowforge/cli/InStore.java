package io.flowforge.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands on a store of H2 in a folder, each as if in a process of its own. */
record InStore(Path folder) {
  CommandLineRun run(String... args) {
    return CommandLineRun.of(with(List.of(args), "--store", url()));
  }

  String url() {
    return "jdbc:h2:file:" + folder.resolve("store").toAbsolutePath();
  }

  static String[] with(List<String> args, String... more) {
    List<String> all = new ArrayList<>(args);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
