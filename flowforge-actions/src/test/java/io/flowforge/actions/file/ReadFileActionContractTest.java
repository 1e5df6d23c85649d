package io.flowforge.actions.file;

import io.flowforge.FlowForgeBuilder;
import io.flowforge.spi.Action;
import io.flowforge.testkit.ActionContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ReadFileActionContractTest extends ActionContract {
  @TempDir private Path root;

  @Override
  protected Action<?> action() {
    return new ReadFileAction();
  }

  @Override
  protected FlowForgeBuilder prepare(FlowForgeBuilder builder) {
    try {
      Path data = Files.createDirectories(root.resolve("data"));
      Files.writeString(data.resolve("orders.csv"), "id,total\n1,12.5\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder.service(FilePolicy.class, FilePolicy.of(root));
  }
}
